using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Lists in pages: <c>value</c> and, while there is more, a <c>nextLink</c> that holds everything to go on.</summary>
internal static class Pages
{
    public static ArmAnswer Of(ArmWorld world, ArmRequest request, IReadOnlyList<(string Key, Func<JsonNode> Show)> members)
    {
        var after = Position(request);
        var size = int.TryParse(request.Query["$top"], out var top) && top > 0 ? Math.Min(top, world.Options.PageSize) : world.Options.PageSize;
        var left = members.OrderBy(member => member.Key, StringComparer.Ordinal).Where(member => after is null || string.CompareOrdinal(member.Key, after) > 0).ToList();

        var answer = new JsonObject { ["value"] = new JsonArray([.. left.Take(size).Select(member => member.Show())]) };
        if (left.Count > size) answer["nextLink"] = NextLink(request, left[size - 1].Key);
        return new(200, answer);
    }

    private static string NextLink(ArmRequest request, string last)
    {
        var query = request.Query.Where(pair => !pair.Key.Equals("$skipToken", StringComparison.OrdinalIgnoreCase))
            .Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value.ToString())}");
        return $"{request.BaseUrl}{request.Path}?{string.Join('&', query)}&%24skiptoken={Base64Url.EncodeToString(Encoding.UTF8.GetBytes(last))}";
    }

    private static string? Position(ArmRequest request)
    {
        var token = request.Query["$skipToken"].ToString();
        if (token.Length == 0) return null;
        try
        {
            return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token));
        }
        catch (FormatException)
        {
            throw new ArmError(400, "InvalidSkipToken", "The skip token is not one this list has given.") { FromGateway = true };
        }
    }
}
