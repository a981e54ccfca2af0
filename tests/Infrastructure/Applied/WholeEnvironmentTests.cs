using Verification.Infrastructure.Environments;
using Verification.Infrastructure.Guarding;
using Verification.Infrastructure.Plans;
using Verification.Infrastructure.Simulator;
using Verification.Infrastructure.Terraform;

namespace Verification.Tests.Infrastructure.Applied;

/// <summary>All of an environment, in a cloud that is simulated.</summary>
public sealed class WholeEnvironmentTests(SuiteFixture suite) : InfrastructureTest(suite)
{
    private static readonly string[] Regions = ["eu-central-1", "eu-west-1"];
    private static readonly string[] Rest = ["infra.whole-stable", "infra.whole-safe", "infra.whole-destroys"];

    [Fact]
    [Objective("infra.whole-applies")]
    [Objective("infra.whole-stable")]
    [Objective("infra.whole-safe")]
    [Objective("infra.whole-destroys")]
    public Task All_of_staging_is_applied_opens_nothing_and_leaves_nothing() =>
        DecideAsync(async () =>
        {
            await using var simulator = await AwsSimulator.StartAsync(Suite.StageFolder, Cancellation);
            var inventory = new Inventory(simulator.Aws, Regions);
            var empty = await inventory.ListAsync(Cancellation);
            var staging = await SimulatedEnvironment.PrepareAsync(
                TerraformProgram.Find(Suite.StageFolder, simulator.Address),
                Copy,
                "staging",
                [],
                Cancellation
            );

            var applied = await staging.ApplyAsync(Cancellation);
            if (applied.Deviations.Count > 0)
                return
                [
                    Measurement.OfDeviations("infra.whole-applies", applied.Deviations, applied.Planned),
                    .. Rest.Select(objective => Measurement.NotMeasured(objective, "staging was not applied")),
                ];
            var made = (await inventory.ListAsync(Cancellation)).Except(empty).ToList();
            var state = await staging.StateAsync(Cancellation);
            var changes = await staging.PlanAgainAsync(Cancellation);
            var errors = await staging.DestroyAsync(Cancellation);
            var left = (await inventory.ListAsync(Cancellation)).Except(empty);
            (IReadOnlyList<string> Deviations, int Observations)[] looks =
            [
                WantedValue.Look(WantedValue.OfSafety, state),
                PolicyRules.Look(state),
                NetworkRules.Look(state),
            ];

            return
            [
                Measurement.OfDeviations("infra.whole-applies", applied.Deviations, applied.Planned),
                Measurement.OfDeviations(
                    "infra.whole-stable",
                    [.. InventedChange.Without(changes).Select(change => $"{change}")],
                    applied.Made
                ),
                Measurement.OfDeviations(
                    "infra.whole-safe",
                    [.. looks.SelectMany(look => look.Deviations)],
                    looks.Sum(look => look.Observations)
                ),
                Measurement.OfDeviations("infra.whole-destroys", [.. errors, .. left.Select(each => $"{each} is left")], made.Count),
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
                "production",
                [],
                Cancellation
            );
            var planned = await production.PlanAsItIsAsync(Cancellation);
            (IReadOnlyList<string> Deviations, int Observations)[] looks =
            [
                WantedValue.Look(WantedValue.OfProtection, planned),
                NetworkRules.Look(planned),
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
}
