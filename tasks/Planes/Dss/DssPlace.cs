namespace DssPipeline.Planes;

/// <summary>Where DSS is served at the moment: not yet where it is wished, or not yet with the certificate it was given.</summary>
/// <param name="Address">Its address up to and without <c>/public/api</c>.</param>
/// <param name="Pin">SHA-256 fingerprint, in hex, of the certificate it shows there; null over plain http.</param>
public sealed record DssPlace(Uri Address, string? Pin);
