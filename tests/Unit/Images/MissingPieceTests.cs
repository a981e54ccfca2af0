using Verification.Stack;
using Verification.Stack.Engine;
using Verification.Stack.Images;
using Verification.Testing;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Images;

/// <summary>An image whose recipe takes a program that this machine has not: it says which variable should have led there.</summary>
[Collection(nameof(WholeProcess))]
public sealed class MissingPieceTests : IDisposable
{
    private readonly TemporaryFolder root = new();

    public MissingPieceTests()
    {
        root.File("config/versions.yaml", "components:\n  object-store:\n    version: '1'\n    recipe: object-store\n");
        root.File("images/object-store/Dockerfile", "FROM scratch\n");
        root.File(
            "images/object-store/packages",
            $"suite bookworm\nsoftware nobody 1\nprogram nobody-has-this {new string('0', 64)} usr/local/bin/nobody\n"
        );
    }

    public void Dispose() => root.Dispose();

    [Theory]
    [InlineData("/nowhere/tools", "VERIFY_TOOLS")]
    [InlineData("", null)]
    public async Task The_variable_that_names_it_is_told_where_it_is_set(string tools, string? namedBy)
    {
        using var variable = new SetVariable("VERIFY_TOOLS", tools);
        using var engine = await EngineAsync();

        var failure = await Assert.ThrowsAsync<ImageException>(() =>
            new ImageStore(engine, new ProjectRoot(root.Path)).ResolveAsync(
                ["object-store"],
                ImageOverrides.None,
                new Progress<ImageProgress>(),
                TestContext.Current.CancellationToken
            )
        );

        Assert.Contains("the program nobody-has-this is in no folder of", failure.Message);
        Assert.Equal(namedBy, failure.NamedBy);
    }

    private static async Task<DockerEngine> EngineAsync()
    {
        try
        {
            return await DockerEngine.ConnectAsync(TestContext.Current.CancellationToken);
        }
        catch (EngineMissingException e)
        {
            Lack.Of(e.Message);
            throw;
        }
    }
}
