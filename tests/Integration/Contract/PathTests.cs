namespace Verification.Tests.Integration.Contract;

/// <summary>What the contract does not name: what is seen is reported, and decides nothing.</summary>
public sealed class PathTests(PlatformFixture platform) : Scenario(platform)
{
    private static readonly (HttpMethod Method, string Path, int Expected)[] OfDashboard =
    [
        (HttpMethod.Get, "/", 404),
        (HttpMethod.Get, "/nothing", 404),
        (HttpMethod.Post, "/buff/1", 404),
        (HttpMethod.Get, "/buff", 405),
        (HttpMethod.Put, "/buff", 405),
        (HttpMethod.Delete, "/buff", 405),
    ];

    private static readonly (HttpMethod Method, string Path, int Expected)[] OfServer =
    [
        (HttpMethod.Get, "/", 404),
        (HttpMethod.Get, "/nothing", 404),
        (HttpMethod.Get, "/buffs/1", 404),
        (HttpMethod.Post, "/buffs", 405),
        (HttpMethod.Delete, "/buffs", 405),
        (HttpMethod.Head, "/buffs", 200),
    ];

    [Fact]
    [Objective("paths.told")]
    public async Task Another_path_or_method_is_answered_as_HTTP_has_it()
    {
        var deviations = new List<string>();
        foreach (var (method, path, expected) in OfDashboard)
            deviations.AddRange(
                Deviations(
                    method,
                    path,
                    expected,
                    "dashboard",
                    await Platform.AskDashboardAsync(new HttpQuestion(method, path), Cancellation)
                )
            );
        foreach (var (method, path, expected) in OfServer)
            deviations.AddRange(
                Deviations(method, path, expected, "server", await Platform.AskServerAsync(new HttpQuestion(method, path), Cancellation))
            );

        Decide(Measurement.OfDeviations("paths.told", deviations, OfDashboard.Length + OfServer.Length));
    }

    private static IEnumerable<string> Deviations(HttpMethod method, string path, int expected, string who, HttpAnswer answer)
    {
        if (answer.Status != expected)
            yield return $"{who} answered {method} {path} with {(answer.Status == 0 ? answer.Error?.Message : $"{answer.Status}")}, expected {expected}";
        else if (expected == 405 && !answer.Headers.Any(header => header.StartsWith("Allow:", StringComparison.OrdinalIgnoreCase)))
            yield return $"{who} answered {method} {path} without Allow";
        else if (method == HttpMethod.Head && answer.Body.Length > 0)
            yield return $"{who} answered {method} {path} with a body";
    }
}
