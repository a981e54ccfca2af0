using Verification.Stack;
using Verification.Stack.Additions;
using Verification.Stack.Components.MySql;
using Verification.Stack.Control;
using Verification.Stack.Readiness;

namespace Verification.Tests.Integration.Upgrading;

/// <summary>The previous release, added beside the stack's own services, which are the next one. A service that the previous
/// release does not name
/// is the same in both. When disposed the previous one is gone, and the table is there anew.</summary>
internal sealed class TwoReleases : IAsyncDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(15);
    private readonly List<AddedInstance> added;
    private readonly TableRights rights;

    private TwoReleases(Release previous, Release next, List<AddedInstance> added, TableRights rights)
    {
        Previous = previous;
        Next = next;
        this.added = added;
        this.rights = rights;
    }

    /// <summary>The release that is there first.</summary>
    public Release Previous { get; }

    /// <summary>The release under test.</summary>
    public Release Next { get; }

    private IStackControl Control => Next.Platform.Stack.Control;

    /// <summary>Starts the previous release alone, on a table that it makes itself: what the next one finds is what it will find in
    /// production.</summary>
    /// <param name="platform">The platform as it is.</param>
    /// <param name="additions">Starts what is added.</param>
    /// <param name="images">Image of each service of the previous release.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">It does not serve.</exception>
    /// <exception cref="StartException">It does not come up.</exception>
    public static async Task<TwoReleases> StartPreviousAsync(
        PlatformUnderTest platform,
        StackAdditions additions,
        IReadOnlyDictionary<string, string> images,
        CancellationToken cancellationToken
    )
    {
        var (dashboard, server) = (platform.Stack.Instance(InstanceRole.Dashboard), platform.Stack.Instance(InstanceRole.Server));
        var added = new List<AddedInstance>();
        // A release changes the table by an account that may.
        var rights = await TableRights.LendAsync(platform.Stack, cancellationToken);
        try
        {
            await platform.Stack.Control.StopAsync(dashboard, StopPatience, cancellationToken);
            await platform.Stack.Control.StopAsync(server, StopPatience, cancellationToken);
            await DropTableAsync(platform, cancellationToken);
            var earlierServer = await StartAsync(InstanceRole.Server, server);
            var earlierDashboard = await StartAsync(InstanceRole.Dashboard, dashboard);
            var earlier = platform.Through(dashboard: earlierDashboard, server: earlierServer);
            await AwaitAsync(earlier, cancellationToken);
            return new TwoReleases(
                new Release("previous", earlier, earlierDashboard, earlierServer),
                new Release("new", platform, dashboard, server),
                added,
                rights
            );
        }
        catch
        {
            await RemoveAsync(platform, server, added, rights);
            throw;
        }

        async Task<StackInstance> StartAsync(InstanceRole role, StackInstance own)
        {
            if (!images.TryGetValue(own.Name, out var image))
            {
                await platform.Stack.Control.StartAsync(own, cancellationToken);
                return own;
            }

            added.Add(await additions.StartAsync(new Addition(role, $"previous-{own.Name}") { Image = image }, cancellationToken));
            return added[^1].Instance;
        }
    }

    /// <summary>Starts the next release beside the previous one.</summary>
    public async Task StartNextAsync(CancellationToken cancellationToken)
    {
        await Control.StartAsync(Next.Server, cancellationToken);
        await Control.StartAsync(Next.Dashboard, cancellationToken);
        await Next.Platform.AwaitServiceAsync(cancellationToken);
    }

    /// <summary>Hands over from one release to the other: what the one has queued last finds no Server but the other's.</summary>
    /// <returns>The POSTs of what was queued.</returns>
    public async Task<IReadOnlyList<PostAnswer>> HandOverAsync(
        Release from,
        Release to,
        IReadOnlyList<string> queued,
        CancellationToken cancellationToken
    )
    {
        await Control.StopAsync(Previous.Server, StopPatience, cancellationToken);
        await Control.StopAsync(Next.Server, StopPatience, cancellationToken);
        var answers = await from.Platform.PostManyAsync(queued, clients: 2, cancellationToken);
        await Control.StartAsync(to.Dashboard, cancellationToken);
        if (from.Dashboard != to.Dashboard)
            await Control.StopAsync(from.Dashboard, StopPatience, cancellationToken);
        await Control.StartAsync(to.Server, cancellationToken);
        return answers;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await RemoveAsync(Next.Platform, Next.Server, added, rights);
        await Previous.Platform.DisposeAsync();
    }

    /// <summary>A previous release that does not serve says nothing of the next one.</summary>
    private static async Task AwaitAsync(PlatformUnderTest previous, CancellationToken cancellationToken)
    {
        try
        {
            await previous.AwaitServiceAsync(cancellationToken);
        }
        catch (StateNotSeenException e)
        {
            throw new InvalidOperationException($"the previous release does not serve alone: {e.Message}", e);
        }
    }

    private static async Task RemoveAsync(PlatformUnderTest platform, StackInstance server, List<AddedInstance> added, TableRights rights)
    {
        foreach (var instance in added)
            await instance.DisposeAsync();
        await platform.Stack.Control.StopAsync(server, StopPatience, CancellationToken.None);
        await DropTableAsync(platform, CancellationToken.None);
        await rights.ReturnWithTableAsync(CancellationToken.None);
        await platform.Stack.Control.StartAsync(server, CancellationToken.None);
    }

    private static async Task DropTableAsync(PlatformUnderTest platform, CancellationToken cancellationToken)
    {
        await platform.Table.DropAsync(cancellationToken);
        await platform.Cache.ClearAsync();
    }
}
