using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Docker.DotNet.Models;

namespace Verification.Stack.Images.Registries;

/// <summary>Answers the challenge of a registry: a user and password, or a token that a service gives for them (distribution, "Token
/// Authentication Specification").</summary>
/// <param name="http">Who asks.</param>
/// <param name="credentials">What <c>docker login</c> has left; null where there is nothing.</param>
internal sealed class RegistryLogin(HttpClient http, AuthConfig? credentials)
{
    private static readonly string[] Asked = ["service", "scope"];

    /// <summary>What to send after a refusal; null where there is nothing to send.</summary>
    /// <exception cref="HttpRequestException">The service of tokens does not answer, or refuses.</exception>
    public async Task<AuthenticationHeaderValue?> AnswerAsync(HttpResponseMessage refusal, CancellationToken cancellationToken)
    {
        var challenge = refusal.Headers.WwwAuthenticate.FirstOrDefault();
        if (string.Equals(challenge?.Scheme, "Basic", StringComparison.OrdinalIgnoreCase))
            return Basic();
        if (
            !string.Equals(challenge?.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase)
            || ParametersOf(challenge!.Parameter ?? "") is not { } parameters
            || !parameters.TryGetValue("realm", out var realm)
        )
            return null;

        var query = string.Join(
            '&',
            Asked.Where(parameters.ContainsKey).Select(name => $"{name}={Uri.EscapeDataString(parameters[name])}")
        );
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{realm}?{query}");
        request.Headers.Authorization = Basic();
        using var answer = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            return null;
        answer.EnsureSuccessStatusCode();
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
        var token = json.RootElement.TryGetProperty("token", out var named) ? named : json.RootElement.GetProperty("access_token");
        return new AuthenticationHeaderValue("Bearer", token.GetString());
    }

    /// <summary><c>key="value"</c> pairs with commas between, which values may hold, too.</summary>
    internal static IReadOnlyDictionary<string, string> ParametersOf(string challenge)
    {
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var rest = challenge;
        while (rest.Split('=', 2) is [var name, ['"', .. var quoted]] && quoted.Split('"', 2) is [var value, var after])
        {
            parameters[name.Trim(' ', ',')] = value;
            rest = after;
        }

        return parameters;
    }

    private AuthenticationHeaderValue? Basic() =>
        credentials is { Username: { Length: > 0 } user }
            ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{credentials.Password}")))
            : null;
}
