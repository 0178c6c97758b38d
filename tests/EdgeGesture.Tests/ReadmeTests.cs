using System.Text.RegularExpressions;
using EdgeGesture.Configuration;
using EdgeGesture.Models;
using EdgeGesture.Outputs;
using EdgeGesture.Tests.Support;

namespace EdgeGesture.Tests;

public sealed partial class ReadmeTests
{
    public static TheoryData<string> Recipes() => [.. JsonBlock().Matches(File.ReadAllText(Repository.File("README.md"))).Select(match => match.Groups[1].Value)];

    [Theory]
    [MemberData(nameof(Recipes))]
    public void A_recipe_is_a_configuration_that_works(string json)
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, json);
        var options = EdgeGestureOptions.Read(path, [], []);
        File.Delete(path);
        Assert.NotEmpty(options.Actions);
        Assert.Empty(ActionTable.CheckGestures(options.Actions, JesterVocabulary.Labels));
    }

    [Fact]
    public void The_power_pages_budget_is_a_configuration_that_works()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, JsonBlock().Match(File.ReadAllText(Repository.File("deploy/power.md"))).Groups[1].Value);
        var options = EdgeGestureOptions.Read(path, [], []);
        File.Delete(path);
        Assert.Equal((3, 60), (options.Power.BudgetWatts, options.Power.BudgetWattHoursPerDay));
    }

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex JsonBlock();
}
