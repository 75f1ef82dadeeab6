using Cake.Core.IO;

namespace Cake.Frosting.Internal;

/// <summary>Where a host runs when the command line names no other place.</summary>
internal sealed record WorkingDirectory(DirectoryPath Path);
