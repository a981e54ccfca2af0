using System.Text.RegularExpressions;
using Verification.Cluster.Manifests;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Cluster;

/// <summary>Where the deployment looks for a secret is where Terraform puts it.</summary>
public sealed partial class SecretPlacesTests
{
    [Fact]
    public void Every_secret_that_is_fetched_is_one_that_Terraform_makes()
    {
        var values = ManifestReader.Parse(Read("environments", "common.yaml"), "common.yaml")[0].Root;
        var places = values["secretStore"]!["places"]!
            .AsObject()
            .SelectMany(secret => secret.Value!.AsObject(), (_, key) => $"{key.Value}");
        var made = Secret()
            .Matches(Read("infra", "terraform", "modules", "platform", "main.tf"))
            .SelectMany(
                secret => Text().Matches(secret.Groups["keys"].Value),
                (secret, key) => $"{secret.Groups["name"].Value}/{key.Groups["text"].Value}"
            )
            .ToList();

        Assert.NotEmpty(places);
        Assert.Empty(places.Except(made));
    }

    private static string Read(params string[] path) => File.ReadAllText(Path.Combine([Files.Root, .. path]));

    [GeneratedRegex(
        "^    (?<name>[a-z]+) += \\[(?<keys>[^\\]]+)\\]$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Secret();

    [GeneratedRegex("\"(?<text>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Text();
}
