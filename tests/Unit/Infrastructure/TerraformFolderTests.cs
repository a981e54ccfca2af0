using Verification.Infrastructure.Terraform;
using Verification.Objectives;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Infrastructure;

[Collection(nameof(WholeProcess))]
public sealed class TerraformFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task No_two_inits_write_to_the_downloads_at_once()
    {
        using var cache = new SetVariable("XDG_CACHE_HOME", folder.Path);
        // As Terraform does: who finds another one at it ends with an error.
        var program = Path.Combine(folder.Path, "terraform");
        await File.WriteAllTextAsync(
            program,
            $"#!/bin/sh\nmkdir {folder.Path}/busy || exit 1\nsleep 0.05\nrmdir {folder.Path}/busy\n",
            TestContext.Current.CancellationToken
        );
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var terraform = new TerraformProgram(program, new RunFolder(folder.Path), new Dictionary<string, string?>());

        await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => new TerraformFolder(terraform, folder.Path).InitAsync(TestContext.Current.CancellationToken))
        );
    }

    public void Dispose() => folder.Dispose();
}
