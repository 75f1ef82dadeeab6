namespace DssPipeline.Planes.Tests;

public sealed class RoleAssignmentNameTests
{
    private const string Scope = "/subscriptions/s1/resourceGroups/rg1";
    private const string Principal = "3f2a0000-0000-0000-0000-000000000001";

    [Fact]
    public void The_name_is_the_guid_that_arm_templates_compute() =>
        Assert.Equal("30e9dd57-4cd1-527f-bc13-c0d0e3d47c5e", RoleAssignmentName.Of(Scope.ToLowerInvariant(), Principal, Roles.Guid("AcrPull")!));

    [Fact]
    public void Ids_that_differ_in_case_name_one_assignment() =>
        Assert.Equal(RoleAssignmentName.Of(Scope, Principal, "r"), RoleAssignmentName.Of(Scope.ToUpperInvariant(), Principal.ToUpperInvariant(), "R"));

    [Fact]
    public void Different_grants_have_different_names()
    {
        var names = new[] { (Scope, Principal, "a"), (Scope, Principal, "b"), (Scope, "other", "a"), (Scope + "x", Principal, "a") }
            .Select(grant => RoleAssignmentName.Of(grant.Item1, grant.Item2, grant.Item3));

        Assert.Equal(4, names.Distinct().Count());
    }

    [Fact]
    public void Roles_are_known_by_name_in_any_case_and_by_guid()
    {
        Assert.Equal("7f951dda-4ed3-4680-a7ca-43fe172d538d", Roles.Guid("acrpull"));
        Assert.Equal("7f951dda-4ed3-4680-a7ca-43fe172d538d", Roles.Guid("7F951DDA-4ED3-4680-A7CA-43FE172D538D"));
        Assert.Null(Roles.Guid("AcrPul"));
        Assert.All(Roles.Names, name => Assert.True(Guid.TryParse(Roles.Guid(name), out _)));
    }
}
