using System.IO.Compression;
using Verification.Infrastructure.Environments;
using Verification.Infrastructure.Leaks;
using Verification.Infrastructure.Plans;
using Verification.Infrastructure.Secrets;
using Verification.Infrastructure.Simulator;
using Verification.Infrastructure.Terraform;

namespace Verification.Tests.Infrastructure.Applied;

/// <summary>A part of staging, applied for real to a cloud that is simulated.</summary>
public sealed class BackupAndSecretsTests(SuiteFixture suite) : InfrastructureTest(suite)
{
    private const string Home = "eu-central-1";
    private static readonly string[] Regions = [Home, "eu-west-1"];
    private static readonly string[] Parts = ["module.platform.module.backup", "module.platform.module.secrets"];

    private const string SecretFree = "infra.secret-free";
    private const string Unleaked = "secrets.unleaked";
    private static readonly string[] Rest = ["infra.stable", "infra.locked", "infra.destroys", SecretFree, Unleaked];

    [Fact]
    [Objective("infra.applies")]
    [Objective("infra.stable")]
    [Objective("infra.locked")]
    [Objective("infra.destroys")]
    [Objective("infra.secret-free")]
    [Objective("secrets.unleaked")]
    public Task Backups_and_secrets_of_staging_are_applied_keep_what_they_promise_and_leave_nothing() =>
        DecideAsync(async () =>
        {
            await using var simulator = await AwsSimulator.StartAsync(Suite.StageFolder, Cancellation);
            var inventory = new Inventory(simulator.Aws, Regions);
            var empty = await inventory.ListAsync(Cancellation);
            var staging = await SimulatedEnvironment.PrepareAsync(
                TerraformProgram.Find(Suite.StageFolder, simulator.Address),
                Copy,
                "staging",
                Parts,
                Cancellation
            );

            var applied = await staging.ApplyAsync(Cancellation);
            if (applied.Deviations.Count > 0)
                return
                [
                    Measurement.OfDeviations("infra.applies", applied.Deviations, applied.Planned),
                    .. Rest.Select(objective => Measurement.NotMeasured(objective, "staging was not applied")),
                ];
            var made = (await inventory.ListAsync(Cancellation)).Except(empty).ToList();
            var buckets = Inventory.Buckets(made);
            var changes = await staging.PlanAgainAsync(Cancellation);
            var secrets = await StoredSecrets.ReadAsync(simulator.Aws, Home, Cancellation);
            var searched = new SecretSearch(secrets).Below(Suite.Folder.Path, Suite.Folder.Lock);
            var leaks = await SearchCopyAsync();
            var opened = await new LockProof(simulator.Aws).TryAsync(buckets, Cancellation);
            var errors = await staging.DestroyAsync(Cancellation);
            var left = (await inventory.ListAsync(Cancellation)).Except(empty);

            return
            [
                Measurement.OfDeviations("infra.applies", applied.Deviations, applied.Planned),
                Measurement.OfDeviations("infra.stable", [.. InventedChange.Without(changes).Select(change => $"{change}")], applied.Made),
                Measurement.OfDeviations("infra.locked", opened, buckets.Count),
                Measurement.OfDeviations("infra.destroys", [.. errors, .. left.Select(each => $"{each} is left")], made.Count),
                OfSearch(secrets, searched),
                .. leaks,
            ];
        });

    /// <summary>Searches the copy, with state and plan, for what looks like a secret, whoever made it; where the profile asks for
    /// that.</summary>
    private async Task<IReadOnlyList<Measurement>> SearchCopyAsync()
    {
        const string Phase = "state";
        if (!Suite.IsWanted(Unleaked))
            return [];
        try
        {
            // A plan is an archive, and its name does not say so.
            foreach (var plan in Directory.EnumerateFiles(Path.Combine(Copy, "environments", "staging"), "*.plan"))
                ZipFile.ExtractToDirectory(plan, $"{plan}.unpacked");
            var search = await FolderSearch.SearchAsync(Gitleaks.Find(Suite.StageFolder, Suite.Root), Copy, Cancellation);
            return [search.ToMeasurement(Unleaked, Phase) with { Suspects = ["terraform"] }];
        }
        catch (LeaksUnknownException e)
        {
            return [Measurement.NotMeasured(Unleaked, e.Message) with { Phase = Phase }];
        }
    }

    private static Measurement OfSearch(IReadOnlyCollection<string> secrets, IReadOnlyList<(string File, bool Holds)> searched)
    {
        // Where a password would lie if it lay anywhere.
        string[] places = ["terraform.tfstate", "changes.plan!tfplan", "apply.log"];
        if (
            places.Where(place => !searched.Any(each => each.File.EndsWith(place, StringComparison.Ordinal))).ToList() is
            { Count: > 0 } missing
        )
            return Measurement.NotMeasured(SecretFree, $"there was no {string.Join(" and no ", missing)} to look into");
        return secrets.Count == 0
            ? Measurement.NotMeasured(SecretFree, "Secrets Manager holds no secret: nothing was looked for")
            : Measurement.OfDeviations(
                SecretFree,
                [.. searched.Where(each => each.Holds).Select(each => $"{each.File} holds a password")],
                searched.Count
            );
    }
}
