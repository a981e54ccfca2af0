using Verification.Infrastructure.Environments;
using Verification.Infrastructure.Terraform;

namespace Verification.Tests.Infrastructure.Static;

/// <summary>What files alone show.</summary>
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
    [Objective("infra.apart")]
    public void Every_environment_has_its_own_state_network_and_name_and_keeps_them_as_it_must()
    {
        var seen = EnvironmentRules.Look(Copy);
        Decide(Measurement.OfDeviations("infra.apart", seen.Deviations, seen.Observations));
    }

    [Fact]
    [Objective("infra.tested")]
    public Task Every_module_keeps_what_its_tests_demand() =>
        DecideAsync(async () =>
        {
            var seen = await Checks.TestAsync(Cancellation);
            return [Measurement.OfDeviations("infra.tested", seen.Deviations, seen.Observations)];
        });
}
