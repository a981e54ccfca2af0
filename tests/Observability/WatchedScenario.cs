using Verification.Stack.Components.Artemis;
using Verification.Stack.Components.Exporters;
using Verification.Stack.Readiness;

namespace Verification.Tests.Observability;

/// <summary>A scenario on a platform that is watched.</summary>
public abstract class WatchedScenario(PlatformFixture platform) : Scenario(platform)
{
    // Of what is true of the machine that runs the containers, whatever the platform does.
    private const string OfMachine =
        $"ALERTS{{alertname=\"NodeMemoryShort\"}} or ALERTS{{alertname=\"NodeDiskFull\", mountpoint!=\"{NodeTextFiles.Folder}\"}}";

    private Watch? watch;

    /// <summary>What watches the platform.</summary>
    protected Watch Watch => watch ?? throw new InvalidOperationException("The scenario was not initialized.");

    /// <inheritdoc />
    protected override TimeSpan MostOfDeciding => TimeSpan.FromMinutes(5);

    /// <inheritdoc />
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Unmeasured(Watch.Missing(Stack));
        watch = Watch.Of(Stack);
    }

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        watch?.Dispose();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Where an Artemis tells no metrics, what rests on them is UNKNOWN with the reason.</summary>
    protected void RequireBrokerMetrics() =>
        Unmeasured(Stack.Description.Broker == BrokerKind.Artemis ? JmxExporter.Missing : null, JmxExporter.NamedBy);

    /// <summary>Waits until no alert fires, is about to, or is still with Alertmanager. On a machine that is short of what it is watched
    /// for there is none such time: then nothing is known.</summary>
    /// <exception cref="StateNotSeenException">One was there all the time.</exception>
    protected async Task AwaitPeaceAsync()
    {
        Unmeasured(
            await Watch.Prometheus.SeriesAsync(OfMachine, Cancellation) > 0
                ? "the machine that runs the containers has less than a tenth of its disk or of its memory left"
                : null
        );
        await Eventually.SeeAsync(
            "no alert fires or is about to",
            TimeSpan.FromSeconds(60),
            async ct => string.Join(", ", await Watch.UnrestAsync(ct)),
            unrest => unrest.Length == 0,
            Cancellation
        );
    }

    /// <summary>Where there is a reason, all that the test measures is UNKNOWN with it.</summary>
    /// <param name="why">The reason; null where there is none.</param>
    /// <param name="namedBy">The variable that names what is missing; null where none does.</param>
    protected void Unmeasured(string? why, string? namedBy = null)
    {
        if (why is null)
            return;
        Record(TestObjectives().Select(objective => Measurement.NotMeasured(objective, why)));
        Unavailable(why, namedBy);
    }
}
