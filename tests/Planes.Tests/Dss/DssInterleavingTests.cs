using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes.Tests;

/// <summary>Other people edit the document during our changes, at seeded moments, while answers get lost. Between our second look and the write nobody can be heard: DSS offers nothing to close that window. The chapters themselves are tried the same way by <c>InterleavedEditsTests</c>.</summary>
public sealed class DssInterleavingTests
{
    private const int Changes = 4;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 100)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Nothing_of_theirs_is_lost_and_ours_arrives(int seed)
    {
        await using var setup = await DssSetup.StartAsync();
        var chance = new Random(seed);
        var expected = new Dictionary<string, int>();
        var server = new SettingsServer(setup.Remote, Start());
        server.Before = (_, settings) => { if (!server.IsCalm) Edit(settings); };
        server.AfterPut = (_, settings) => Edit(settings);
        server.Fate = put => put % 3 == 0 ? null : chance.Next(8) switch { 0 => Reply.Drop, 1 => DssSetup.Page(502, "502 Bad Gateway"), _ => null };

        for (var change = 0; change < Changes; change++)
        {
            var number = change;
            await setup.Dss.Document("admin/general-settings").ChangeAsync(body => Ours(body, number), [$"/containerSettings/executionConfigs/ours{number}", $"/ours{number}"], CancellationToken.None);
        }

        Assert.All(expected, edit => Assert.Equal(edit.Value, (int?)DssOwned.At(server.Settings, edit.Key)));
        Assert.All(Enumerable.Range(0, Changes), number => Assert.Equal(number, (int?)DssOwned.At(server.Settings, $"/containerSettings/executionConfigs/ours{number}/value")));
        Assert.Equal("e:AES:untouched", (string?)server.Settings["secret"]);
        Assert.NotEmpty(expected);

        // One of three requests meets an edit: a new member, a changed one, or one more of the list that we write into.
        void Edit(JsonObject settings)
        {
            var value = chance.Next(1000);
            switch (chance.Next(9))
            {
                case 0:
                    settings[$"theirs{value}"] = value;
                    expected[$"/theirs{value}"] = value;
                    break;
                case 1:
                    settings["containerSettings"]!["shared"] = value;
                    expected["/containerSettings/shared"] = value;
                    break;
                case 2:
                    Configs(settings).Insert(chance.Next(Configs(settings).Count + 1), Json.Of(new { name = $"config{value}", value }));
                    expected[$"/containerSettings/executionConfigs/config{value}/value"] = value;
                    break;
                default:
                    break;
            }
        }
    }

    private static void Ours(JsonObject body, int number)
    {
        body[$"ours{number}"] = number;
        var configs = Configs(body);
        if (configs.FirstOrDefault(one => one!["name"]!.ToString() == $"ours{number}") is { } there) configs.Remove(there);
        configs.Add(Json.Of(new { name = $"ours{number}", value = number }));
    }

    private static JsonArray Configs(JsonObject settings) => settings["containerSettings"]!["executionConfigs"]!.AsArray();

    private static JsonObject Start() => (JsonObject)JsonNode.Parse("""{"secret": "e:AES:untouched", "containerSettings": {"executionConfigs": [{"name": "first", "value": 1}]}}""")!;
}
