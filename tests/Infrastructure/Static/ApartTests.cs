using Verification.Infrastructure.Environments;

namespace Verification.Tests.Infrastructure.Static;

/// <summary>What the files of several environments show beside each other.</summary>
public sealed class ApartTests(SuiteFixture suite) : InfrastructureTest(suite)
{
    /// <inheritdoc />
    protected override bool NeedsTerraform => false;

    [Fact]
    [Objective("infra.apart")]
    public void Every_environment_has_its_own_state_network_and_name_and_keeps_them_as_it_must()
    {
        var seen = EnvironmentRules.Look(Copy);
        Decide(Measurement.OfDeviations("infra.apart", seen.Deviations, seen.Observations));
    }
}
