using Verification.Gate.Platform;
using Verification.Gate.Progress;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Engine;
using Verification.Stack.Images;
using Verification.Stack.Sessions;
using Verification.Stack.Starting;
using Verification.Stack.Topologies;

namespace Verification.Gate.Stages;

/// <summary>Makes the stages of suites: resolves the images of each kind of broker and topology once, whatever the number of its
/// stages.</summary>
/// <param name="progress">Told each step.</param>
internal sealed class StagePlanner(ProgressLines progress)
{
    /// <summary>The stages that start a stack of their own.</summary>
    /// <param name="suites">The suites, in order.</param>
    /// <param name="choice">Which platform is meant.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>One for each kind of broker of each suite, but for those that are the same.</returns>
    /// <exception cref="ImageException">An image can't be had.</exception>
    /// <exception cref="Commands.UsageException">A suite asks for a topology that there is not.</exception>
    public async Task<IReadOnlyList<PlannedStage>> PlanAsync(
        IReadOnlyList<ProfileSuite> suites,
        PlatformChoice choice,
        CancellationToken cancellationToken
    )
    {
        if (suites.All(suite => suite.Brokers == SuiteBrokers.None))
            return [.. suites.Select(WithoutPlatform)];
        var topologies = suites.ToDictionary(suite => suite.Name, TopologyOfSuite.Of, StringComparer.Ordinal);
        using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        var store = new ImageStore(engine, choice.Root);
        var usual = choice.Broker ?? await UsualAsync(suites, store, cancellationToken).ConfigureAwait(false);
        // A broker's image that was named is of one kind only.
        BrokerKind? only = choice.Broker is null && !choice.Images.ContainsKey(ImageOverrides.Broker) ? null : usual;
        var others =
            only is null && suites.Any(suite => suite.Brokers == SuiteBrokers.Every)
                ? await OthersAsync(usual, store, cancellationToken).ConfigureAwait(false)
                : [];
        var platforms = new Dictionary<(BrokerKind Broker, string Topology), (string Topology, IReadOnlyList<ComponentImage> Images)>();
        var planned = new List<PlannedStage>();
        foreach (var suite in suites)
        {
            if (BrokersOfSuite.IsLeftOut(suite, only))
            {
                progress.Say($"{suite.Name} is left out: it is there for another kind of broker than {StackStarter.NameOf(usual)}");
                continue;
            }

            if (suite.Brokers == SuiteBrokers.None)
                planned.Add(WithoutPlatform(suite));
            foreach (var kind in BrokersOfSuite.Of(suite.Brokers, choice.Broker, usual, others))
            {
                if (!platforms.TryGetValue((kind, suite.Topology), out var platform))
                    platforms[(kind, suite.Topology)] = platform = await ImagesAsync(
                            choice with
                            {
                                Broker = kind,
                                Topology = topologies[suite.Name],
                            },
                            cancellationToken
                        )
                        .ConfigureAwait(false);
                planned.Add(
                    new PlannedStage(
                        new Stage(suite.Suite, StackStarter.NameOf(kind), platform.Topology),
                        suite.Budget,
                        kind,
                        platform.Images
                    )
                    {
                        Objectives = suite.Objectives,
                        Without = suite.Without ?? [],
                    }
                );
            }
        }

        return PlannedStage.Merge(planned);
    }

    /// <summary>The stages that attach to a running stack: one for each suite that runs on one, on what its description says.</summary>
    public static IReadOnlyList<PlannedStage> Attached(IReadOnlyList<ProfileSuite> suites, StackDescription stack) =>
        PlannedStage.Merge(
            suites
                .Where(suite => !BrokersOfSuite.IsLeftOut(suite, stack.Broker))
                .Select(suite =>
                    suite.Brokers == SuiteBrokers.None
                        ? WithoutPlatform(suite)
                        : new PlannedStage(
                            new Stage(suite.Suite, StackStarter.NameOf(stack.Broker), stack.Topology),
                            suite.Budget,
                            stack.Broker,
                            []
                        )
                        {
                            Objectives = suite.Objectives,
                            Without = suite.Without ?? [],
                        }
                )
        );

    private static PlannedStage WithoutPlatform(ProfileSuite suite) =>
        new(new Stage(suite.Suite), suite.Budget, Broker: null, []) { Objectives = suite.Objectives, Without = suite.Without ?? [] };

    /// <summary>The images of a platform, and its topology. An addition whose images can't be had is left out where it is dispensable, and
    /// replaced where another one stands for it; those of any other leave its stage without: its tests say why they can't run, and all
    /// other stages do.</summary>
    private async Task<(string Topology, IReadOnlyList<ComponentImage> Images)> ImagesAsync(
        PlatformChoice choice,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var prepared = await DockerPlatform.PrepareAsync(choice, progress, cancellationToken).ConfigureAwait(false);
            return (choice.Topology.Name, [.. prepared.Images.Values]);
        }
        catch (ImageException e) when (Topology.IsAddition(e.Component))
        {
            progress.Doubt($"topology {choice.Topology.Name}: {e.Message}");
            if (KnownTopologies.Catalog.Without(choice.Topology, e.Component) is not { } without)
                return (choice.Topology.Name, []);
            progress.Doubt($"topology {without.Name} in its place");
            return await ImagesAsync(choice with { Topology = without }, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The default kind of this machine; nothing is asked where no suite runs on it.</summary>
    private Task<BrokerKind> UsualAsync(IReadOnlyList<ProfileSuite> suites, ImageStore store, CancellationToken cancellationToken) =>
        suites.All(suite => suite.Brokers is not (SuiteBrokers.Default or SuiteBrokers.Every))
            ? Task.FromResult(BrokerKind.Artemis)
            : BrokerChoice.DefaultAsync(store, new Progress<ImageProgress>(), progress.Say, cancellationToken);

    private static async Task<IReadOnlyCollection<BrokerKind>> OthersAsync(
        BrokerKind usual,
        ImageStore store,
        CancellationToken cancellationToken
    )
    {
        var had = new List<BrokerKind>();
        foreach (var kind in Enum.GetValues<BrokerKind>().Where(kind => kind != usual))
        {
            if (await store.CanHaveAsync(StackStarter.NameOf(kind), new Progress<ImageProgress>(), cancellationToken).ConfigureAwait(false))
                had.Add(kind);
        }

        return had;
    }
}
