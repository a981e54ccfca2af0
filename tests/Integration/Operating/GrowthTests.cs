using System.Globalization;
using Verification.Stack;
using Verification.Stack.Control;

namespace Verification.Tests.Integration.Operating;

/// <summary>What a service takes and does not give back.</summary>
public sealed class GrowthTests(PlatformFixture platform) : Scenario(platform)
{
    private const int Rounds = 4;
    private const int Posts = 500;
    private const int Listings = 4500;
    private const int Clients = 16;

    /// <summary>In the first rounds a service makes its pools and its code is compiled.</summary>
    private const int WarmUps = 2;

    /// <summary>How many looks make a figure, the smallest of them: garbage that was not collected yet only adds, and what leaks is
    /// in each.</summary>
    private const int Looks = 2;

    private const double Share = 0.25;
    private static readonly InstanceRole[] Services = [InstanceRole.Dashboard, InstanceRole.Server];

    /// <summary>What each figure may grow by beside a quarter of itself: the garbage of a runtime, a pool that was never full
    /// before.</summary>
    private static readonly Dictionary<string, double> Allowed = new(StringComparer.Ordinal)
    {
        ["MiB of memory"] = 24,
        ["threads"] = 8,
        ["handles"] = 40,
        ["connections"] = 16,
    };

    /// <summary>Thirty thousand requests, of which most are answered with five hundred buffs.</summary>
    protected override TimeSpan MostOfDeciding => TimeSpan.FromMinutes(4);

    [Fact]
    [Objective("growth.bounded")]
    public async Task Twenty_thousand_requests_leave_a_service_as_large_as_it_was()
    {
        var statistics = Stack.Control as IReadsStatistics;
        Unavailable(statistics is null ? "what runs the stack tells no statistics" : null);

        for (var round = 0; round < WarmUps; round++)
            await RoundAsync();
        List<IReadOnlyDictionary<(Role Role, string Kind), double>> looks = [await FiguresAsync(statistics!)];
        for (var round = 0; round < Rounds; round++)
        {
            await RoundAsync();
            looks.Add(await FiguresAsync(statistics!));
        }

        var before = Smallest(looks[..Looks]);
        var after = Smallest(looks[^Looks..]);
        var grown = before.Where(each => after[each.Key] > (each.Value * (1 + Share)) + Allowed[each.Key.Kind]).ToList();
        Platform.History.Event("figures", detail: string.Join("; ", before.Select(each => Told(each.Key, each.Value, after[each.Key]))));
        Decide(
            Measurement.OfDeviations(
                "growth.bounded",
                grown.ConvertAll(each => Told(each.Key, each.Value, after[each.Key])),
                Rounds * (Posts + Listings)
            ) with
            {
                Suspects = [.. grown.Select(each => each.Key.Role.Name).Distinct().Take(2)],
            }
        );
    }

    private static Dictionary<(Role Role, string Kind), double> Smallest(
        IReadOnlyList<IReadOnlyDictionary<(Role Role, string Kind), double>> looks
    ) => looks[0].Keys.ToDictionary(figure => figure, figure => looks.Min(look => look[figure]));

    private static string Told((Role Role, string Kind) figure, double before, double after) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{figure.Role}: from {before:0} to {after:0} {figure.Kind} in {Rounds * (Posts + Listings)} requests"
        );

    /// <summary>As many rows at its end as at its begin: a longer list takes more.</summary>
    private async Task RoundAsync()
    {
        await Platform.ResetAsync(Cancellation);
        await Platform.PostManyAsync(Marker.Of(Marker.New("growth"), Posts), Clients, Cancellation);
        var next = 0;
        await Task.WhenAll(
            Enumerable
                .Range(0, Clients)
                .Select(async _ =>
                {
                    while (Interlocked.Increment(ref next) <= Listings)
                        await Platform.GetFromServerAsync("/buffs", Cancellation);
                })
        );
        await Platform.FenceAsync(Cancellation);
    }

    private async Task<Dictionary<(Role Role, string Kind), double>> FiguresAsync(IReadsStatistics statistics)
    {
        var figures = new Dictionary<(Role Role, string Kind), double>
        {
            [(InstanceRole.Server, "connections")] = await Platform.Table.ConnectionsAsync(Cancellation),
        };
        foreach (var service in Services.Select(role => Stack.Instance(role)))
        {
            var told = await statistics.StatisticsAsync(service, Cancellation);
            figures[(service.Role, "MiB of memory")] = told.MemoryBytes / (1024.0 * 1024);
            figures[(service.Role, "threads")] = told.Threads;
            // An image without a shell tells nothing of its handles.
            if (await Stack.Control.ExecAsync(service, ["sh", "-c", "ls /proc/1/fd | wc -l"], Cancellation) is { ExitCode: 0 } handles)
                figures[(service.Role, "handles")] = double.Parse(handles.Output, CultureInfo.InvariantCulture);
        }

        return figures;
    }
}
