using System.Diagnostics;
using Verification.Cluster.Deployments;
using Verification.Cluster.Scaling;
using Verification.Platform;
using Verification.Stack;
using Verification.Stack.Readiness;

namespace Verification.Tests.Deployment.Cluster;

/// <summary>What autoscalers do with both services, under load and after it.</summary>
public sealed class AutoscalingTests(SuiteFixture suite, ExposedFixture exposed) : ExposedTest(suite, exposed)
{
    private const string Out = "autoscaling.out";
    private const string In = "autoscaling.in";
    private const string Kept = "autoscaling.kept";
    private static readonly string[] Services = ["dashboard", "server"];
    private static readonly TimeSpan MeasuredWithin = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan ScaledWithin = TimeSpan.FromSeconds(180);

    /// <summary>An autoscaler leaves the number of pods alone while the use is within a tenth of its target.</summary>
    private const double Tolerance = 1.1;

    [Fact]
    [Objective("autoscaling.out")]
    [Objective("autoscaling.in")]
    [Objective("autoscaling.kept")]
    [Objective("autoscaling.answers")]
    [Objective("autoscaling.lossless")]
    public async Task Both_services_get_more_pods_under_load_keep_them_in_a_deployment_and_lose_them_after_it()
    {
        var platform = await RequireExposedAsync();
        await using var stack = await platform.Platform.AttachAsync(Cancellation);
        var history = new ScenarioHistory(Suite.History, TestName);
        await using var driven = PlatformUnderTest.Of(stack, history, Suite.Folder, (_, _) => platform.NewClient(platform.Token()));
        // What others have posted would be listed again and again.
        await WrittenBuffs.TakeOutAsync(stack, Marker.Mark, Cancellation);
        var services = new ScaledServices(platform.Client, LocalPlatform.Namespace);
        if (await UnmeasuredAsync(services) is { } why)
        {
            Decide([.. TestObjectives().Select(objective => Measurement.NotMeasured(objective, why))]);
            return;
        }

        await services.AwaitLeastAsync(Cancellation);
        await using var watch = new ScalingWatch(services);

        var prefix = Marker.New("scaled");
        await using var clients = new GatewayClients(driven, platform.NewClient(token: null), prefix);
        var begun = Stopwatch.GetTimestamp();
        clients.MakeLoad(() => Services.All(service => watch.LastOf(service) is { IsScaledOut: true }));
        var scaledOut = await Task.WhenAll(Services.Select(service => ScaledOutAsync(watch, service, begun)));
        Keep(scaledOut);

        if (Array.TrueForAll(scaledOut, measurement => measurement.Value is not null))
        {
            Keep(await KeptAsync(platform.Platform, services, watch));
            Keep(await ScaledInAsync(watch, clients, driven, stack));
        }
        else
        {
            Keep([
                Measurement.NotMeasured(Kept, "no autoscaler had added a pod that a deployment could take away"),
                Measurement.NotMeasured(In, "not both services had been given more pods"),
            ]);
        }

        await clients.EndAsync();
        Keep(Measurement.OfDeviations("autoscaling.answers", clients.Failed, clients.Requests));
        Decide(Measurement.OfAccount("autoscaling.lossless", await driven.Account.CloseAsync(prefix, Cancellation)));
    }

    /// <summary>Why autoscalers can't act: nobody tells them what pods use, which is the machine's fault; null where they are
    /// told.</summary>
    private static async Task<string?> UnmeasuredAsync(ScaledServices services)
    {
        try
        {
            await services.AwaitAsync("autoscalers are told what pods use", MeasuredWithin, service => !service.IsUnmeasured, Cancellation);
            return null;
        }
        catch (StateNotSeenException e)
        {
            return e.Message;
        }
    }

    /// <summary>From the begin of the load until clients are led to more pods of a service.</summary>
    private static async Task<Measurement> ScaledOutAsync(ScalingWatch watch, string service, long begun)
    {
        try
        {
            await Eventually.SeeAsync(
                $"clients are led to more pods of {service}",
                ScaledWithin,
                _ => Task.FromResult(watch.LastOf(service)),
                look => look is { IsScaledOut: true },
                Cancellation
            );
            return Seconds(Out, service, begun);
        }
        catch (StateNotSeenException e)
        {
            return watch.LastOf(service) is { IsUnmeasured: true } silent
                    ? NotMeasured(Out, service, $"nobody tells what pods use: {silent}")
                : watch.MostUsedOf(service) is { } most && most <= watch.LastOf(service)!.TargetPercent * Tolerance
                    ? NotMeasured(
                        Out,
                        service,
                        $"on this machine the load brought its pods to {most} % of the processor that they ask for, and {watch.LastOf(service)!.TargetPercent} % is the target"
                    )
                : Measurement.OfUnreached(Out, e.Unreached) with { Target = service };
        }
    }

    /// <summary>While pods are there that autoscalers have added, all is deployed again.</summary>
    private static async Task<Measurement> KeptAsync(LocalPlatform platform, ScaledServices services, ScalingWatch watch)
    {
        var before = Services.ToDictionary(service => service, service => watch.LastOf(service)!.Wanted);
        var deviations = new List<string>();
        if (await platform.SyncAsync(Cancellation) is { } refusal)
            deviations.Add($"a deployment was refused while autoscalers had added pods: {refusal}");
        foreach (var service in Services)
        {
            // A number that an autoscaler has changed meanwhile is its own affair.
            if (await services.OthersWhoSayHowManyAsync(service, Cancellation) is { Count: > 0 } others)
                deviations.Add(
                    $"{string.Join(" and ", others)} said how many pods {service} has: {before[service]} before, {watch.LastOf(service)!.Wanted} now"
                );
        }

        return Measurement.OfDeviations(Kept, deviations, Services.Length);
    }

    /// <summary>From the end of the load until each service has the pods that it has at least, and those that were added are
    /// gone.</summary>
    private static async Task<IReadOnlyList<Measurement>> ScaledInAsync(
        ScalingWatch watch,
        GatewayClients clients,
        PlatformUnderTest driven,
        AttachedStack stack
    )
    {
        var last = await clients.EndLoadAsync();
        var ended = Stopwatch.GetTimestamp();
        await TakeOutOnceStoredAsync(driven, stack, clients.LoadPrefix, last);
        return await Task.WhenAll(
            Services.Select(async service =>
            {
                try
                {
                    await Eventually.SeeAsync(
                        $"{service} has the pods that it has at least, and no other",
                        ScaledWithin,
                        _ => Task.FromResult(watch.LastOf(service)),
                        look => look is { IsAtLeast: true },
                        Cancellation
                    );
                    return Seconds(In, service, ended);
                }
                catch (StateNotSeenException e)
                {
                    return watch.LastOf(service) is { IsUnmeasured: true } silent
                        ? NotMeasured(In, service, $"nobody tells what pods use: {silent}")
                        : Measurement.OfUnreached(In, e.Unreached) with
                        {
                            Target = service,
                        };
                }
            })
        );
    }

    /// <summary>What the load has posted is listed no more: it would be load of its own.</summary>
    private static async Task TakeOutOnceStoredAsync(PlatformUnderTest driven, AttachedStack stack, string prefix, string? last)
    {
        try
        {
            if (last is not null)
                await driven.AwaitRowAsync(last, Cancellation);
        }
        catch (StateNotSeenException)
        {
            // What is stored later is listed; whether it is stored is accounted for at the end.
        }

        await WrittenBuffs.TakeOutAsync(stack, prefix, Cancellation);
    }

    private static Measurement Seconds(string objective, string service, long since) =>
        new(objective, Stopwatch.GetElapsedTime(since).TotalSeconds, 1, Resolution: 1, Target: service);

    private static Measurement NotMeasured(string objective, string service, string why) =>
        Measurement.NotMeasured(objective, why) with
        {
            Target = service,
        };
}
