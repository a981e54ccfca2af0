using System.Formats.Tar;
using System.Text;
using Verification.Objectives;
using Verification.Stack.Engine;
using Verification.Stack.Images;
using Verification.Testing;
using Xunit;

namespace Verification.Tests.Unit.Attesting;

/// <summary>Images of one file on this machine's engine, gone when disposed.</summary>
internal sealed class TestImages(DockerEngine engine) : IAsyncDisposable
{
    private readonly EngineImages images = new(engine);
    private readonly List<string> made = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<TestImages> ConnectAsync()
    {
        try
        {
            return new TestImages(await DockerEngine.ConnectAsync(Cancellation));
        }
        catch (EngineMissingException e)
        {
            Lack.Of(e.Message);
            throw;
        }
    }

    public async Task<ComponentRecord> MakeAsync(string role)
    {
        var name = $"verification/test-{Guid.NewGuid():n}:1";
        made.Add(name);
        await images.ImportAsync(
            name,
            "test",
            async (stream, cancellationToken) =>
            {
                await using var tar = new TarWriter(stream, leaveOpen: true);
                await tar.WriteEntryAsync(
                    new PaxTarEntry(TarEntryType.RegularFile, role) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(name)) },
                    cancellationToken
                );
            },
            Cancellation
        );
        return new ComponentRecord(role, name, (await images.FindAsync(name, Cancellation))!.ID, "1", "here");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var image in made)
            await images.UntagAsync(image, CancellationToken.None);
        engine.Dispose();
    }
}
