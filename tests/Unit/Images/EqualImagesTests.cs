using Docker.DotNet.Models;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Engine;
using Verification.Stack.Images;
using Verification.Stack.Images.Services;
using Verification.Testing;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Images;

/// <summary>With this machine's engine.</summary>
public sealed class EqualImagesTests : IAsyncLifetime
{
    private const string Dashboard = "services/Dashboard/Dashboard.csproj";
    private static readonly DateTimeOffset Date = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private TemporaryFolder folder = null!;
    private readonly List<string> made = [];
    private DockerEngine engine = null!;
    private EngineImages images = null!;

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        try
        {
            engine = await DockerEngine.ConnectAsync(Ended);
        }
        catch (EngineMissingException e)
        {
            Lack.Of(e.Message);
        }

        images = new EngineImages(engine);
        folder = new TemporaryFolder();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var image in made)
            await images.UntagAsync(image, CancellationToken.None);
        engine?.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Two_checkouts_of_one_commit_make_the_same_image_wherever_and_whenever()
    {
        var basis = await BasisAsync();

        var first = await BuildAsync("first", basis, Date);
        var second = await BuildAsync("second", basis, Date);
        var ofAnotherCommit = await BuildAsync("third", basis, Date.AddSeconds(1));

        Assert.Equal(first.ID, second.ID);
        Assert.Equal(first.RootFS.Layers, second.RootFS.Layers);
        Assert.Equal(Date.UtcDateTime, first.Created);
        Assert.NotEqual(first.ID, ofAnotherCommit.ID);
    }

    /// <returns>An image that anything can stand on.</returns>
    private async Task<string> BasisAsync()
    {
        var image = Name();
        await images.ImportAsync(
            image.OnEngine,
            "test",
            async (stream, cancellationToken) =>
            {
                await using var system = new RootFileSystem(stream, _ => false, Date);
                await system.AddSkeletonAsync(cancellationToken);
            },
            Ended
        );
        return image.OnEngine;
    }

    private ImageName Name()
    {
        var image = ImageName.Parse($"verification/test-{Guid.NewGuid():n}:1");
        made.Add(image.OnEngine);
        return image;
    }

    private async Task<ImageInspectResponse> BuildAsync(string checkout, string basis, DateTimeOffset date)
    {
        var published = await ServicePublisher.PublishAsync(
            CopiedServices.To(Path.Combine(folder.Path, checkout)),
            [Dashboard],
            Path.Combine(folder.Path, $"published-{checkout}"),
            Ended
        );
        // Without its step, for which the basis would need a shell.
        var recipe = File.ReadLines(Path.Combine(ProjectRoot.Find().Images, "dashboard", "Dockerfile"))
            .Where(line => !line.StartsWith("RUN ", StringComparison.Ordinal));
        var dockerfile = folder.File("Dockerfile", string.Join('\n', recipe));
        var image = Name();
        await images.BuildAsync(
            image,
            dockerfile,
            published[Dashboard],
            KeyValuePair.Create("BASE", basis),
            new Dictionary<string, string> { [EngineImages.NameLabel] = "test", [EngineImages.VersionLabel] = "1" },
            date,
            Ended
        );
        return (await images.FindAsync(image.OnEngine, Ended))!;
    }
}
