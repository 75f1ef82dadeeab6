using DssPipeline.Convergence;

namespace DssPipeline.Chapters.Tests;

/// <summary>However a visit to a registry ends, the account is signed out again, or it is told why not.</summary>
public sealed class RegistryVisitTests
{
    public static TheoryData<Type> Failures => [typeof(ProblemException), typeof(InvalidOperationException), typeof(IOException), typeof(TimeoutException)];

    [Fact]
    public async Task During_the_work_the_account_is_signed_in_and_afterwards_it_is_not()
    {
        await using var machine = new SigningMachine(SigningMachine.Other);
        var meanwhile = "";

        await new RegistryVisit(machine.Login).DuringAsync(() => Task.FromResult(meanwhile = machine.Settings), default);

        Assert.Contains("token-of-this-run", meanwhile, StringComparison.Ordinal);
        Left(machine);
    }

    [Theory, MemberData(nameof(Failures))]
    public async Task Whatever_the_work_throws_the_account_is_signed_out(Type kind)
    {
        await using var machine = new SigningMachine(SigningMachine.Other);
        var failure = kind == typeof(ProblemException) ? new ProblemException(new Problem("Of the test", "It fails.")) : (Exception)Activator.CreateInstance(kind)!;

        var thrown = await Record.ExceptionAsync(() => new RegistryVisit(machine.Login).DuringAsync(() => Task.FromException(failure), default));

        Assert.Same(failure, thrown);
        Left(machine);
    }

    [Fact]
    public async Task A_run_that_is_ended_signs_out_first_also_when_the_work_was_just_done()
    {
        await using var machine = new SigningMachine(SigningMachine.Other);
        using var during = new CancellationTokenSource();
        using var after = new CancellationTokenSource();

        var ended = await Record.ExceptionAsync(() => new RegistryVisit(machine.Login).DuringAsync(() => during.CancelAsync().ContinueWith(_ => during.Token.ThrowIfCancellationRequested(), TaskScheduler.Default), during.Token));
        var done = machine.Settings;
        await new RegistryVisit(machine.Login).DuringAsync(after.CancelAsync, after.Token);

        Assert.IsType<OperationCanceledException>(ended, exactMatch: false);
        Assert.Equal(SigningMachine.Other, done);
        Left(machine);
    }

    [Fact]
    public async Task What_hinders_it_is_told_beside_what_failed_before_and_the_next_run_makes_up_for_it()
    {
        await using var machine = new SigningMachine(SigningMachine.Other);

        var failure = await Assert.ThrowsAsync<ProblemException>(() => new RegistryVisit(machine.Login).DuringAsync(Hinder, default));
        machine.Run("chmod 0700 ~signer/.docker");
        await machine.Login.MakeAsync();

        Assert.Equal(["Unexpected failure", "Sign-in stays on the machine"], failure.Problems.Select(problem => problem.Summary));
        Assert.Contains("signer is still signed in to crtest.azurecr.io", failure.Problems[1].Detail, StringComparison.Ordinal);
        Left(machine);

        Task Hinder()
        {
            machine.Run("chmod 0500 ~signer/.docker");
            throw new InvalidOperationException("The work failed.");
        }
    }

    [Fact]
    public async Task A_run_that_is_ended_tells_only_that_it_could_not_sign_out_and_stays_an_ended_run()
    {
        await using var machine = new SigningMachine(SigningMachine.Other);
        using var end = new CancellationTokenSource();

        var ended = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new RegistryVisit(machine.Login).DuringAsync(HinderAsync, end.Token));

        var left = Assert.IsType<LeftBehindException>(ended).Left;
        Assert.Equal("Sign-in stays on the machine", left.Summary);
        Assert.DoesNotContain("Canceled", left.Detail, StringComparison.Ordinal);

        async Task HinderAsync()
        {
            machine.Run("chmod 0500 ~signer/.docker");
            await end.CancelAsync();
            await Task.Delay(Timeout.Infinite, end.Token);
        }
    }

    private static void Left(SigningMachine machine)
    {
        Assert.Equal(SigningMachine.Other, machine.Settings);
        Assert.Equal("", machine.Aside);
    }
}
