using Verification.Chaos.Faults;
using Verification.Stack;
using Verification.Stack.Additions;
using Verification.Stack.Readiness;
using Verification.Stack.Sessions;

namespace Verification.Tests.Integration.Starting;

public sealed class AnyOrderTests(PlatformFixture platform) : Scenario(platform)
{
    private const string Seed = VerifyVariables.Seed;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(35);

    /// <summary>The order that is hardest for the services, and two at random.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [Objective("start.any-order")]
    public async Task In_whatever_order_the_parts_start_the_platform_comes_to_serve(int round)
    {
        var seed = TestSeed.Take();
        Part[] parts = [Part.Dashboard, Part.Server, Part.Redis, Part.Broker, Part.Mysql];
        if (round > 0)
            new Random(seed).Shuffle(parts);
        var order = string.Join(", ", parts);
        TestContext.Current.SendDiagnosticMessage("start.any-order: {0} (seed {1}; {2}={1} repeats it)", order, seed, Seed);

        var additions = RequireAdditions();
        var nodes = Stack.Instances(InstanceRole.Redis).ToList();
        var frozen = await Task.WhenAll(nodes.Select(node => InjectAsync(Faults.Freeze(node))));
        var added = new Dictionary<Part, AddedInstance>();
        try
        {
            foreach (var part in parts)
            {
                if (part == Part.Redis)
                    await Task.WhenAll(frozen.Select(fault => fault.HealAsync(Cancellation)));
                else
                    added[part] = await additions.StartAsync(AdditionOf(part), Cancellation);
            }

            var since = TimeProvider.System.GetTimestamp();
            var late = Platform.Through(
                added[Part.Mysql].Instance,
                added[Part.Broker].Instance,
                added[Part.Dashboard].Instance,
                added[Part.Server].Instance
            );
            var marker = Marker.New("any order");
            await Eventually.SeeAsync(
                $"POST /buff answers 200 after a start in the order {order}",
                Deadline,
                ct => late.PostAsync(marker, ct),
                answer => answer.Status == 200,
                Cancellation
            );
            await Eventually.SeeAsync(
                $"the buff is listed after a start in the order {order}",
                Deadline,
                late.ListAsync,
                answer => answer.Lists(marker),
                Cancellation
            );
            var took = TimeProvider.System.GetElapsedTime(since);

            Decide(new Measurement("start.any-order", took.TotalSeconds, 1, Resolution: 0.05) { Phase = $"{order} (seed {seed})" });
        }
        finally
        {
            foreach (var instance in added.Values)
                await instance.DisposeAsync();
            await EachOne.DoAsync(frozen, fault => fault.DisposeAsync().AsTask());
        }
    }

    /// <summary>A part that is not there yet when what needs it starts: not even its name is known in the network.</summary>
    private static Addition AdditionOf(Part part)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal) { ["MQHOST"] = "late-broker", ["DBHOST"] = "late-mysql" };
        var (role, name) = part switch
        {
            Part.Mysql => (InstanceRole.Mysql, "late-mysql"),
            Part.Broker => (InstanceRole.Broker, "late-broker"),
            Part.Dashboard => (InstanceRole.Dashboard, "late-dashboard"),
            _ => (InstanceRole.Server, "late-server"),
        };
        return new Addition(role, name)
        {
            Environment = role is InstanceRole.Dashboard or InstanceRole.Server ? names : [],
            AwaitReady = false,
        };
    }

    private enum Part
    {
        Mysql,
        Redis,
        Broker,
        Dashboard,
        Server,
    }
}
