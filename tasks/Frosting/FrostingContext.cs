using Cake.Core;

namespace Cake.Frosting;

/// <summary>Cake's own context, to derive from.</summary>
public class FrostingContext(ICakeContext context) : CakeContextAdapter(context), IFrostingContext;
