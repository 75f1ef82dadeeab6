using System.Reflection;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters.Tests;

/// <summary>What keeps the lock is in everything else the resource that it was.</summary>
public sealed class LockKeeperTests
{
    [Fact]
    public void It_hands_every_question_on()
    {
        var keeper = typeof(Run).Assembly.GetType("DssPipeline.Chapters.LockKeeper", throwOnError: true)!;
        var questions = typeof(Resource).GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly).Where(method => method.IsVirtual).ToList();

        var forgotten = questions.Where(question => keeper.GetMethod(question.Name, [.. question.GetParameters().Select(parameter => parameter.ParameterType)])!.DeclaringType != keeper);

        Assert.NotEmpty(questions);
        Assert.Empty(forgotten);
    }
}
