using DssPipeline.Benchmarks;

return args switch
{
    ["plan", .. var rest] => await PlanBenchmark.RunAsync(rest is [var file, ..] ? file : "examples/production.yml"),
    _ => Help(),
};

static int Help()
{
    Console.WriteLine("""
        Benchmarks of DssPipeline: each prints a ratio, so that machines can be compared.

          dotnet run -c Release --project tests/Benchmarks -- plan [manifest]
              A plan that finds nothing to do, in a sandbox where every request takes 100 ms,
              in round trips after the token.
        """);
    return 0;
}
