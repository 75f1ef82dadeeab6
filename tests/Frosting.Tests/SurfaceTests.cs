using System.Reflection;
using Cake.Frosting;

namespace Frosting.Tests;

/// <summary>The layer stands in for the Cake.Frosting package, so it may offer nothing that the package does not.</summary>
public sealed class SurfaceTests
{
    [Fact]
    public void The_layer_offers_exactly_the_listed_types_and_members()
    {
        var listed = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Surface.verified.txt"));

        var offered = string.Join('\n', typeof(CakeHost).Assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal).Select(Describe)) + "\n";

        Assert.Equal(listed.ReplaceLineEndings("\n"), offered);
    }

    [Fact]
    public void Everything_offered_lives_in_one_namespace()
    {
        var namespaces = typeof(CakeHost).Assembly.GetExportedTypes().Select(type => type.Namespace).Distinct();

        Assert.Equal(["Cake.Frosting"], namespaces);
    }

    private static string Describe(Type type) => string.Join('\n', [Heading(type), .. Members(type)]) + "\n";

    private static string Heading(Type type)
    {
        var inherited = type.BaseType?.GetInterfaces() ?? [];
        var parents = type.GetInterfaces().Except(inherited).Select(Name).Order(StringComparer.Ordinal).ToList();
        if (type.BaseType is { } parent && parent != typeof(object)) parents.Insert(0, Name(parent));
        var kind = type switch
        {
            { IsInterface: true } => "interface",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };

        return $"{kind} {Name(type)}{(parents is [] ? "" : $" : {string.Join(", ", parents)}")}{Constraints(type.GetGenericArguments())}";
    }

    private static IEnumerable<string> Members(Type type) => type
        .GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Select(Member)
        .OfType<string>()
        .Order(StringComparer.Ordinal)
        .Select(member => $"    {member}");

    private static string? Member(MemberInfo member) => member switch
    {
        ConstructorInfo { IsPublic: true } or ConstructorInfo { IsFamily: true } => $"new({Parameters((ConstructorInfo)member)})",
        MethodInfo { IsSpecialName: false } method when method.IsPublic || method.IsFamily => $"{Modifier(method)}{Name(method.ReturnType)} {Name(method)}({Parameters(method)}){Constraints(method.GetGenericArguments())}",
        PropertyInfo { GetMethod: { IsPublic: true } getter } property => $"{Modifier(getter)}{Name(property.PropertyType)} {property.Name}",
        FieldInfo { IsPublic: true } field => $"{Name(field.FieldType)} {field.Name}",
        _ => null,
    };

    private static string Modifier(MethodInfo method) => method switch
    {
        { IsStatic: true } => "static ",
        { DeclaringType.IsInterface: true } => "",
        { IsAbstract: true } => "abstract ",
        { IsVirtual: true, IsFinal: false } => "virtual ",
        _ => "",
    };

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}"));

    private static string Name(MethodInfo method) =>
        method.IsGenericMethod ? $"{method.Name}<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : method.Name;

    private static string Name(Type type) =>
        type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : type.Name;

    private static string Constraints(Type[] arguments) => string.Concat(arguments.Where(argument => argument.IsGenericParameter).Select(Constraint));

    private static string Constraint(Type argument)
    {
        var attributes = argument.GenericParameterAttributes;
        var wants = argument.GetGenericParameterConstraints().Select(Name).ToList();
        if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint)) wants.Insert(0, "class");
        if (attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint)) wants.Add("new()");
        return wants is [] ? "" : $" where {argument.Name} : {string.Join(", ", wants)}";
    }
}
