using Verification.Infrastructure.Environments;
using Verification.Infrastructure.Guarding;
using Verification.Infrastructure.Plans;
using Verification.Infrastructure.Simulator;
using Verification.Infrastructure.Terraform;

namespace Verification.Tests.Infrastructure.Applied;

/// <summary>All of an environment, in a cloud that is simulated.</summary>
public sealed class WholeEnvironmentTests(SuiteFixture suite) : InfrastructureTest(suite)
{
    private const string Production = "production";
    private static readonly string[] Regions = ["eu-central-1", "eu-west-1"];
    private static readonly string[] Rest = ["infra.whole-stable", "infra.whole-safe", "infra.whole-destroys", "infra.told"];

    [Fact]
    [Objective("infra.whole-applies")]
    [Objective("infra.whole-stable")]
    [Objective("infra.whole-safe")]
    [Objective("infra.whole-destroys")]
    [Objective("infra.told")]
    public Task All_of_staging_is_applied_opens_nothing_and_leaves_nothing() =>
        DecideAsync(async () =>
        {
            var (applied, seen) = await ApplyAsync("staging");
            if (seen is null)
                return
                [
                    Measurement.OfDeviations("infra.whole-applies", applied.Deviations, applied.Planned),
                    .. Rest.Select(objective => Measurement.NotMeasured(objective, "staging was not applied")),
                ];
            return
            [
                Measurement.OfDeviations("infra.whole-applies", applied.Deviations, applied.Planned),
                Measurement.OfDeviations("infra.whole-stable", seen.Changed, applied.Made),
                Measurement.OfDeviations("infra.whole-safe", seen.Unsafe, seen.Looks),
                Measurement.OfDeviations("infra.whole-destroys", seen.Left, seen.Made),
                Measurement.OfDeviations("infra.told", seen.Told.Deviations, seen.Told.Lines),
            ];
        });

    [Fact]
    [Objective("infra.production")]
    public Task All_of_production_is_applied_opens_nothing_and_leaves_nothing() =>
        DecideAsync(async () =>
        {
            var (applied, seen) = await ApplyAsync(Production);
            return
            [
                Measurement.OfDeviations(
                    "infra.production",
                    [
                        .. applied.Deviations,
                        .. seen is null ? [] : seen.Changed.Concat(seen.Unsafe).Concat(seen.Left).Concat(seen.Told.Deviations),
                    ],
                    applied.Planned + (seen?.Looks ?? 0)
                ),
            ];
        });

    [Fact]
    [Objective("infra.protected")]
    public Task Production_keeps_what_holds_data_from_being_destroyed_and_stands_in_three_zones() =>
        DecideAsync(async () =>
        {
            await using var simulator = await AwsSimulator.StartAsync(Suite.StageFolder, Cancellation);
            var production = await SimulatedEnvironment.PrepareAsync(
                TerraformProgram.Find(Suite.StageFolder, simulator.Address),
                Copy,
                Production,
                [],
                Cancellation
            );
            var planned = await production.PlanAsItIsAsync(Cancellation);
            (IReadOnlyList<string> Deviations, int Observations)[] looks =
            [
                WantedValue.Look(WantedValue.OfProtection, planned),
                LockRules.Look(planned),
                NetworkRules.Look(planned),
                NetworkRules.LookAtExits(planned),
            ];
            return
            [
                Measurement.OfDeviations(
                    "infra.protected",
                    [.. looks.SelectMany(look => look.Deviations)],
                    looks.Sum(look => look.Observations)
                ),
            ];
        });

    /// <summary>Applies an environment to a simulator of its own, looks at it, plans it again and destroys it.</summary>
    /// <returns>How it was applied, and what was seen of it; null where it was not.</returns>
    private async Task<(AppliedResources Applied, Seen? Seen)> ApplyAsync(string name)
    {
        await using var simulator = await AwsSimulator.StartAsync(Suite.StageFolder, Cancellation);
        var inventory = new Inventory(simulator.Aws, Regions);
        var empty = await inventory.ListAsync(Cancellation);
        var environment = await SimulatedEnvironment.PrepareAsync(
            TerraformProgram.Find(Suite.StageFolder, simulator.Address),
            Copy,
            name,
            [],
            Cancellation
        );

        var applied = await environment.ApplyAsync(Cancellation);
        if (applied.Deviations.Count > 0)
            return (applied, null);
        var made = (await inventory.ListAsync(Cancellation)).Except(empty).ToList();
        var state = await environment.StateAsync(Cancellation);
        var told = await environment.OutputAsync(CloudValues.Output, Cancellation);
        var written = await File.ReadAllTextAsync(Path.Combine(Suite.Root.Path, CloudValues.FileOf(name)), Cancellation);
        var compared = CloudValues.Compare(told, written);
        var changes = await environment.PlanAgainAsync(Cancellation);
        var errors = await environment.DestroyAsync(Cancellation);
        var left = (await inventory.ListAsync(Cancellation)).Except(empty);
        (IReadOnlyList<string> Deviations, int Observations)[] looks =
        [
            WantedValue.Look(WantedValue.OfSafety, state),
            PolicyRules.Look(state),
            NetworkRules.Look(state),
            // Elsewhere one way out is enough.
            .. name == Production ? [NetworkRules.LookAtExits(state)] : Array.Empty<(IReadOnlyList<string>, int)>(),
        ];
        return (
            applied,
            new Seen(
                [.. InventedChange.Without(changes).Select(change => $"{change}")],
                [.. looks.SelectMany(look => look.Deviations)],
                looks.Sum(look => look.Observations),
                [.. errors, .. left.Select(each => $"{each} is left")],
                made.Count,
                ([.. compared.Deviations, .. CloudValues.Strangers(told, name, state)], compared.Lines)
            )
        );
    }

    /// <summary>What was seen of an environment that was applied.</summary>
    /// <param name="Changed">What a second plan would change.</param>
    /// <param name="Unsafe">What is open, in the clear or allowed to everybody.</param>
    /// <param name="Looks">How much was looked at for that.</param>
    /// <param name="Left">What went wrong when it was destroyed, and what was left.</param>
    /// <param name="Made">How much the services listed once it was applied.</param>
    /// <param name="Told">What it tells of itself otherwise than the deployment has it, and how much it tells.</param>
    private sealed record Seen(
        IReadOnlyList<string> Changed,
        IReadOnlyList<string> Unsafe,
        int Looks,
        IReadOnlyList<string> Left,
        int Made,
        (IReadOnlyList<string> Deviations, int Lines) Told
    );
}
