using Verification.Stack.Images;

namespace Verification.Tests.Deployment;

/// <summary>A test of what is deployed: it needs no platform in containers.</summary>
/// <param name="suite">The run of the assembly.</param>
public abstract class DeploymentTest(SuiteFixture suite) : JudgedTest
{
    /// <inheritdoc />
    protected override SuiteSession Suite => suite.Session;

    /// <summary>Images that are named: what is deployed is what the verdict binds. Its broker is Artemis.</summary>
    protected ImageOverrides Images => Suite.Images.WithBroker("artemis");

    /// <summary>From here on the process measures, alone on this machine.</summary>
    protected Task MeasureAloneAsync() => suite.MeasureAloneAsync(Cancellation);

    /// <summary>A file or folder of the checkout, or of its copy with a seeded defect.</summary>
    protected string InProject(params string[] path) => Path.Combine([Suite.Root.Path, .. path]);

    /// <summary>Where a part that it needs can't be had the test is UNKNOWN with the reason; where the programs were named it has failed,
    /// as they are not what was named.</summary>
    protected void NotMeasured(string why)
    {
        Record(TestObjectives().Select(objective => Measurement.NotMeasured(objective, why)));
        Unavailable(why, VerifyVariables.FirstSet(VerifyVariables.Tools));
    }

    /// <inheritdoc />
    protected override LineVerdict Hold(Measurement measurement) => Suite.Decide(measurement, TestName);
}
