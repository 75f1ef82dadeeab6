namespace DssPipeline.Convergence.Tests;

public sealed class StyleTests
{
    [Theory]
    [InlineData("", false, true)]
    [InlineData("", true, false)]
    [InlineData("NO_COLOR=1", false, false)]
    [InlineData("NO_COLOR=1 FORCE_COLOR=1", true, false)]
    [InlineData("FORCE_COLOR=1", true, true)]
    [InlineData("FORCE_COLOR=0", false, false)]
    [InlineData("CLICOLOR_FORCE=1", true, true)]
    [InlineData("CLICOLOR_FORCE=0", true, false)]
    [InlineData("CLICOLOR=0", false, false)]
    [InlineData("CLICOLOR=0 CLICOLOR_FORCE=1", false, true)]
    [InlineData("NO_COLOR=1 CLICOLOR_FORCE=1", true, false)]
    [InlineData("TERM=dumb", false, false)]
    [InlineData("TERM=xterm", false, true)]
    public void Colours_fit_the_terminal_and_the_wish_of_the_reader(string variables, bool redirected, bool coloured)
    {
        var environment = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);

        var style = Style.Fitting(environment.GetValueOrDefault, redirected);

        Assert.Same(coloured ? Style.Coloured : Style.Plain, style);
    }
}
