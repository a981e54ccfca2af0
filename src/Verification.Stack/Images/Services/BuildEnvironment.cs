using System.Collections;
using System.Text.RegularExpressions;

namespace Verification.Stack.Images.Services;

/// <summary>What a build sees of the environment. MSBuild takes every variable for a property: a VERSION or PLATFORM that somebody's
/// pipeline has set would change what is built, or break it.</summary>
public static partial class BuildEnvironment
{
    /// <summary>The names that pass, a regular expression: where programs, packages, folders and proxies are. The script <c>verify</c> has
    /// the same.</summary>
    public const string Passed =
        "HOME|PATH|USER|LOGNAME|SHELL|TERM|TZ|TMPDIR|LANG|LANGUAGE|LC_.*|XDG_.*|SSL_CERT_FILE|SSL_CERT_DIR|[a-z]+_proxy|[A-Z]+_PROXY|DOTNET_.*|NUGET_.*|VSS_NUGET_.*|ARTIFACTS_CREDENTIALPROVIDER_.*";

    /// <summary>The variables to change for a program that builds; null takes one away.</summary>
    public static IReadOnlyDictionary<string, string?> Changes() =>
        Changes(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(each => (string)each.Key));

    internal static IReadOnlyDictionary<string, string?> Changes(IEnumerable<string> names) =>
        new Dictionary<string, string?>(
            names.Where(name => !Passes().IsMatch(name)).Select(name => KeyValuePair.Create<string, string?>(name, null)),
            StringComparer.Ordinal
        )
        {
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            ["DOTNET_NOLOGO"] = "1",
        };

    [GeneratedRegex($"^({Passed})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Passes();
}
