namespace DssPipeline.Chapters;

/// <summary>The fixed words of every problem a manifest can have; docs/errors.md explains each.</summary>
public static class Summaries
{
    public const string NotFound = "Manifest not found";
    public const string TooLarge = "Manifest too large";
    public const string NotText = "Manifest is not UTF-8 text";
    public const string NotYaml = "YAML not understood";
    public const string NotAllowed = "YAML feature not allowed";
    public const string UnknownEnvironment = "Unknown environment";
    public const string BadSet = "--set not understood";
    public const string DuplicateKey = "Duplicate key";
    public const string UnknownKey = "Unknown key";
    public const string MissingKey = "Missing key";
    public const string EmptyValue = "Empty value";
    public const string WrongType = "Wrong type";
    public const string NotOneOf = "Value not allowed";
    public const string OutOfRange = "Value out of range";
    public const string BadForm = "Value badly formed";
    public const string UnknownSource = "Unknown ${…} form";
    public const string MissingSource = "Value not to be had";
    public const string VaultForSecretsOnly = "Key Vault is for secrets only";
    public const string PlainSecret = "Secret in plain text";
    public const string DuplicateName = "Duplicate name";
    public const string BrokenReference = "Name not found";
    public const string Addresses = "Address ranges do not fit";
    public const string Versions = "Versions do not fit";
    public const string More = "More problems";
    public const string Contradiction = "Keys do not fit together";
}
