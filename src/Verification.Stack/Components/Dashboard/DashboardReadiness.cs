using System.Net;

namespace Verification.Stack.Components.Dashboard;

/// <summary>Asks a Dashboard whether it is ready: by its own readiness, or, where it has none, by whether <c>/buff</c> is there.</summary>
internal static class DashboardReadiness
{
    /// <summary>What is awaited.</summary>
    public const string State = "answers /readyz with 200 (or, where it has no such path, has /buff)";

    /// <summary>Asks once.</summary>
    /// <param name="http">The client.</param>
    /// <param name="dashboard">Address of the Dashboard.</param>
    /// <exception cref="HttpRequestException">It is not ready; the message tells what it answered.</exception>
    public static async Task AskAsync(HttpClient http, Uri dashboard)
    {
        using var ready = await http.GetAsync(new Uri(dashboard, "readyz")).ConfigureAwait(false);
        if (!IsAbsent(ready.StatusCode) && ready.StatusCode != HttpStatusCode.MethodNotAllowed)
        {
            ready.EnsureSuccessStatusCode();
            return;
        }

        // The contract names no path but POST /buff. What knows the path answers another method with 405, most often. An empty post comes
        // last: a Dashboard that queues whatever it is sent would queue that.
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Options, HttpMethod.Post })
        {
            using var request = new HttpRequestMessage(method, new Uri(dashboard, "buff"));
            using var answer = await http.SendAsync(request).ConfigureAwait(false);
            if (answer.StatusCode >= HttpStatusCode.InternalServerError)
                answer.EnsureSuccessStatusCode();
            if (!IsAbsent(answer.StatusCode))
                return;
        }

        throw new HttpRequestException("it answers 404 to /readyz and to /buff by any method: this is no Dashboard");
    }

    private static bool IsAbsent(HttpStatusCode status) => status is HttpStatusCode.NotFound or HttpStatusCode.Gone;
}
