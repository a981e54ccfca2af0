using System.Globalization;
using Docker.DotNet.Models;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Images;
using Verification.Stack.Images.Registries;
using Verification.Stack.Images.Sources;
using Xunit;

namespace Verification.Tests.Unit.Images;

public sealed class SourceListsTests
{
    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private static readonly ProjectRoot Root = ProjectRoot.Find();

    [Theory]
    [InlineData("mysql", null, "OnEngine, FromRegistry, OnEngine, FromRecipe")]
    [InlineData("backup", null, "OnEngine, FromRecipe")]
    [InlineData("server", null, "OnEngine, FromProject")]
    [InlineData("server", "build", "OnEngine, FromProject")]
    [InlineData("server", "build:services/Server/Server.csproj", "OnEngine, FromProject")]
    [InlineData("server", "registry.test/server:1", "FromRegistry, OnEngine")]
    [InlineData("server", "registry.test/server", "FromRegistry, OnEngine")]
    [InlineData("mysql", "mysql:9.7", "FromRegistry, OnEngine")]
    [InlineData("server", "registry.test/server@" + Digest, "OnEngine, FromRegistry")]
    [InlineData("server", "registry.test/server:1@" + Digest, "OnEngine, FromRegistry")]
    [InlineData("server", Digest, "OnEngine, FromRegistry")]
    [InlineData("server", "verification/server:0123456789ab", "OnEngine, FromRegistry")]
    public async Task What_can_have_moved_is_asked_for_and_what_is_its_content_is_looked_for_here_first(
        string component,
        string? named,
        string expected
    )
    {
        var overrides = new ImageOverrides(named is null ? new Dictionary<string, string>() : new() { [component] = named });
        await using var workshop = new Workshop(Root, new EngineImages(null!), TimeProvider.System, null);
        var lists = new SourceLists(
            VersionList.Read(Root),
            overrides,
            workshop,
            new RegistryPuller(
                null!,
                workshop.Images,
                RegistryChoice.Parse(null),
                RegistryCredentials.FromEnvironment(),
                TimeProvider.System
            )
        );

        var list = lists.Of(
            component,
            (_, _) => Task.FromResult<ComponentImage?>(null),
            (_, _) => throw new InvalidOperationException("nothing is made")
        );

        Assert.Equal(expected, string.Join(", ", list.Sources.Select(source => source.GetType().Name)));
    }

    [Theory]
    [InlineData("build:services/None/None.csproj")]
    [InlineData("build:/etc/passwd")]
    public async Task A_project_that_is_not_there_is_named(string named)
    {
        await using var workshop = new Workshop(Root, new EngineImages(null!), TimeProvider.System, null);
        var lists = new SourceLists(
            VersionList.Read(Root),
            new ImageOverrides(new Dictionary<string, string> { ["server"] = named }),
            workshop,
            null!
        );

        Assert.Contains("holds no such project", Assert.Throws<ImageException>(() => lists.ProjectOf("server")).Message);
        Assert.Null(lists.ProjectOf("mysql"));
        Assert.Equal("services/Dashboard/Dashboard.csproj", lists.ProjectOf("dashboard"));
    }

    [Theory]
    [InlineData("registry.test/server:1", "sha256:22")]
    [InlineData("server:1", "sha256:11")]
    [InlineData("docker.io/library/hub:1", "sha256:33")]
    [InlineData("registry.test/server@" + Digest, Digest)]
    [InlineData("verification/server:0123456789ab", "sha256:id")]
    public void An_image_is_bound_by_the_digest_of_its_own_repository_and_what_was_made_here_by_its_id(string name, string expected)
    {
        var image = new ImageInspectResponse
        {
            ID = "sha256:id",
            RepoDigests = ["other.test/server@sha256:11", "registry.test/server@sha256:22", "hub@sha256:33"],
        };

        Assert.Equal(expected, OnEngine.DigestOf(image, ImageName.Parse(name)));
        Assert.Equal(
            expected == Digest ? Digest : "sha256:id",
            OnEngine.DigestOf(new ImageInspectResponse { ID = "sha256:id" }, ImageName.Parse(name))
        );
    }

    [Theory]
    [InlineData("2026-11-01T10:00:00Z", "it lies here since 2026-11-01 10:00 UTC")]
    [InlineData("0001-01-01T00:00:00Z", "it was made 2026-10-01 09:00 UTC")]
    public void Since_when_an_image_lies_here_is_said_as_far_as_the_engine_knows(string tagged, string expected) =>
        Assert.Equal(
            expected,
            OnEngine.Since(
                new ImageInspectResponse
                {
                    Created = DateTime.Parse("2026-10-01T09:00:00Z", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal),
                    Metadata = new Metadata
                    {
                        LastTagTime = DateTime.Parse(tagged, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal),
                    },
                }
            )
        );

    [Theory]
    [InlineData("10 s", 10_000)]
    [InlineData("500 ms", 500)]
    public void How_long_a_registry_may_take_can_be_set(string timeout, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), RegistryChoice.Parse("m:5000").Within(timeout).AnswerDeadline);

    [Theory]
    [InlineData("10")]
    [InlineData("0 s")]
    [InlineData("-1 s")]
    public void A_time_that_is_none_is_refused_with_its_variable(string timeout) =>
        Assert.StartsWith(
            $"VERIFY_REGISTRY_TIMEOUT={timeout}: ",
            Assert.Throws<FormatException>(() => RegistryChoice.Parse(null).Within(timeout)).Message
        );
}
