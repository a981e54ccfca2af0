using Verification.Infrastructure.Terraform;

namespace Verification.Tests.Infrastructure.Static;

/// <summary>What Terraform says of files alone.</summary>
public sealed class ModuleTests(SuiteFixture suite) : InfrastructureTest(suite)
{
    private StaticChecks Checks => new(TerraformProgram.Find(Suite.StageFolder, Nowhere), Copy);

    [Fact]
    [Objective("infra.valid")]
    public Task All_of_it_is_formatted_and_every_environment_valid() =>
        DecideAsync(async () =>
        {
            var seen = await Checks.ValidateAsync(Cancellation);
            return [Measurement.OfDeviations("infra.valid", seen.Deviations, seen.Observations)];
        });

    [Fact]
    [Objective("infra.tested")]
    public Task Every_module_keeps_what_its_tests_demand() =>
        DecideAsync(async () =>
        {
            var seen = await Checks.TestAsync(Cancellation);
            return [Measurement.OfDeviations("infra.tested", seen.Deviations, seen.Observations)];
        });
}
