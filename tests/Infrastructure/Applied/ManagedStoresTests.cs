using Verification.Infrastructure.Environments;
using Verification.Infrastructure.Guarding;
using Verification.Infrastructure.Plans;
using Verification.Infrastructure.Simulator;
using Verification.Infrastructure.Terraform;

namespace Verification.Tests.Infrastructure.Applied;

/// <summary>MySQL and the broker as services of the cloud, in one that is simulated. Redis is not among them: the simulator has no group of
/// its settings, and does not know the nodes of what it has made.</summary>
public sealed class ManagedStoresTests(SuiteFixture suite) : InfrastructureTest(suite)
{
    private static readonly string[] Regions = ["eu-central-1"];
    private static readonly string[] Simulated = ["module.mysql", "module.broker", "module.secrets"];

    [Fact]
    [Objective("infra.managed")]
    public Task Data_stores_of_the_cloud_are_applied_out_of_reach_and_leave_nothing() =>
        DecideAsync(async () =>
        {
            await using var simulator = await AwsSimulator.StartAsync(Suite.StageFolder, Cancellation);
            var inventory = new Inventory(simulator.Aws, Regions);
            var empty = await inventory.ListAsync(Cancellation);
            var managed = await SimulatedEnvironment.PrepareAsync(
                TerraformProgram.Find(Suite.StageFolder, simulator.Address),
                Copy,
                "managed",
                Simulated,
                Cancellation
            );

            var applied = await managed.ApplyAsync(Cancellation);
            if (applied.Deviations.Count > 0)
                return [Measurement.OfDeviations("infra.managed", applied.Deviations, applied.Planned)];
            var made = (await inventory.ListAsync(Cancellation)).Except(empty).ToList();
            var state = await managed.StateAsync(Cancellation);
            var changes = InventedChange.Without(await managed.PlanAgainAsync(Cancellation));
            var errors = await managed.DestroyAsync(Cancellation);
            var left = (await inventory.ListAsync(Cancellation)).Except(empty);
            (IReadOnlyList<string> Deviations, int Observations)[] looks =
            [
                WantedValue.Look(WantedValue.OfManagedStores, state),
                NetworkRules.Look(state),
            ];

            return
            [
                Measurement.OfDeviations(
                    "infra.managed",
                    [
                        .. looks.SelectMany(look => look.Deviations),
                        .. changes.Select(change => $"{change}"),
                        .. errors,
                        .. left.Select(each => $"{each} is left"),
                    ],
                    applied.Made + made.Count + looks.Sum(look => look.Observations)
                ),
            ];
        });
}
