using System.Diagnostics;
using Verification.Infrastructure;
using Verification.Infrastructure.Terraform;
using Verification.Stack.Sessions;

namespace Verification.Tests.Infrastructure;

/// <summary>What every test of the infrastructure has: a copy of the project's Terraform that belongs to the run, and no way to anybody's
/// cloud.</summary>
/// <param name="suite">The run of the assembly.</param>
public abstract class InfrastructureTest(SuiteFixture suite) : JudgedTest
{
    /// <summary>Where nothing listens: what files alone show asks no cloud.</summary>
    protected static Uri Nowhere { get; } = new("http://127.0.0.1:9");

    /// <summary>The copy.</summary>
    protected string Copy => Path.Combine(Suite.Folder.Path, "infrastructure", GetType().Name);

    /// <summary>Whether it asks Terraform, and not files alone.</summary>
    protected virtual bool NeedsTerraform => true;

    /// <inheritdoc />
    protected override SuiteSession Suite => suite.Session;

    /// <inheritdoc />
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        // Where there is nothing to measure with, and where files are read, nobody is waited for.
        if (NeedsTerraform)
        {
            if (TerraformProgram.Missing is { } missing)
                NotMeasured(missing);
            await suite.MeasureAloneAsync(Cancellation);
        }

        TerraformFolder.Copy(Path.Combine(Suite.Root.Path, TerraformFolders.Root), Copy);
    }

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (Directory.Exists(Copy))
            Directory.Delete(Copy, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc />
    protected override LineVerdict Hold(Measurement measurement) => Suite.Decide(measurement, TestName);

    /// <summary>Looks at something and decides. What this machine lacks for it leaves the objectives of the test UNKNOWN; what Terraform
    /// refuses is a state that never comes.</summary>
    protected async Task DecideAsync(Func<Task<IReadOnlyList<Measurement>>> look)
    {
        ArgumentNullException.ThrowIfNull(look);
        var watch = Stopwatch.StartNew();
        try
        {
            Decide(await look());
        }
        catch (TerraformRefusedException e)
        {
            Decide([
                .. TestObjectives()
                    .Select(objective =>
                        Measurement.OfUnreached(
                            objective,
                            new UnreachedState("Terraform takes what infra/terraform says", watch.Elapsed, e.Message)
                        )
                    ),
            ]);
        }
        catch (MissingPartException e)
        {
            NotMeasured(e);
        }
    }

    /// <summary>What can't be had leaves the objectives of the test UNKNOWN; what somebody has named and is not there fails it.</summary>
    private void NotMeasured(MissingPartException missing)
    {
        Record(TestObjectives().Select(objective => Measurement.NotMeasured(objective, missing.Message)));
        if (missing.IsNamed)
            Assert.Fail(missing.Message);
        Unavailable(missing.Message);
    }
}
