namespace DssPipeline.Chapters;

/// <summary>What is asked for before the first files of a new repository are written.</summary>
/// <param name="Name">Name of the deployment; every other name derives from it.</param>
/// <param name="Location">Region of Azure.</param>
public sealed record StarterWish(string Name, string Location, StarterVendor Vendor);
