namespace DssPipeline.Sandbox;

/// <summary>A refusal of the blob service, with the code that clients switch on.</summary>
internal sealed class BlobRefusal(int status, string code, string message) : Exception(message)
{
    public int Status => status;

    public string Code => code;

    public static BlobRefusal ContainerMissing() => new(404, "ContainerNotFound", "The specified container does not exist.");

    public static BlobRefusal BlobMissing() => new(404, "BlobNotFound", "The specified blob does not exist.");

    public static BlobRefusal MissingHeader(string name) => new(400, "MissingRequiredHeader", $"An HTTP header that's mandatory for this request is not specified: {name}.");

    public static BlobRefusal InvalidHeader(string name) => new(400, "InvalidHeaderValue", $"The value for one of the HTTP headers is not in the correct format: {name}.");

    public static BlobRefusal Conflict(string code, string message) => new(409, code, message);

    public static BlobRefusal Precondition(string code, string message) => new(412, code, message);
}
