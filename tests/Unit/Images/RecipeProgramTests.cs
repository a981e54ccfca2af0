using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using Verification.Stack.Components.Artemis;
using Verification.Stack.Images;
using Verification.Stack.Sessions;
using Verification.Testing;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Images;

/// <summary>What no package holds: a program and an archive of this machine.</summary>
[Collection(nameof(WholeProcess))]
public sealed class RecipeProgramTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string? before = Environment.GetEnvironmentVariable(ProgramPlaces.Variable);
    private readonly string? exporter = Environment.GetEnvironmentVariable(VerifyVariables.JmxExporter);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(ProgramPlaces.Variable, before);
        Environment.SetEnvironmentVariable(VerifyVariables.JmxExporter, exporter);
        Environment.SetEnvironmentVariable("TEST_DISTRIBUTION", null);
        folder.Dispose();
    }

    [Fact]
    public async Task A_program_of_the_folder_of_tools_goes_into_the_image_for_all_to_run()
    {
        var file = folder.File("tools/proxy-of-a-test", "a program");
        File.SetUnixFileMode(file, UnixFileMode.UserRead);
        Environment.SetEnvironmentVariable(ProgramPlaces.Variable, Path.GetDirectoryName(file));
        var program = new RecipeProgram("proxy-of-a-test", Sha256(file), "usr/local/bin/proxy");

        var entries = await EntriesAsync(system => program.AddToAsync(system, TestContext.Current.CancellationToken));

        Assert.True(program.IsGiven);
        Assert.Equal("a program", entries["usr/local/bin/proxy"].Text);
        Assert.Equal((UnixFileMode)0b111_101_101, entries["usr/local/bin/proxy"].Mode);
    }

    [Fact]
    public async Task The_first_program_with_the_pinned_content_is_taken_and_PATH_is_looked_at_too()
    {
        Environment.SetEnvironmentVariable(
            ProgramPlaces.Variable,
            Path.GetDirectoryName(folder.File("sh", "another program of that name"))
        );
        var real = ProgramPlaces.Of("sh").First(file => !file.StartsWith(folder.Path, StringComparison.Ordinal));

        Assert.Equal(real, await new RecipeProgram("sh", Sha256(real), "bin/sh").FindAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_JMX_exporter_is_taken_from_where_its_own_variable_says()
    {
        var file = folder.File("agent-1.0.jar", "a jar");
        var older = folder.File($"tools/{JmxExporter.JarFile}", "an older jar");
        Environment.SetEnvironmentVariable(ProgramPlaces.Variable, Path.GetDirectoryName(older));
        Environment.SetEnvironmentVariable(VerifyVariables.JmxExporter, file);
        var program = new RecipeProgram(JmxExporter.JarFile, Sha256(file), "opt/agent.jar");

        Assert.True(program.IsGiven);
        Assert.Equal(file, await program.FindAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_program_with_another_content_is_refused_by_its_path_and_hash()
    {
        var file = folder.File("proxy-of-a-test", "a newer program");
        Environment.SetEnvironmentVariable(ProgramPlaces.Variable, folder.Path);

        var error = await Assert.ThrowsAsync<MissingPieceException>(() =>
            new RecipeProgram("proxy-of-a-test", new string('0', 64), "bin/proxy").FindAsync(TestContext.Current.CancellationToken)
        );

        Assert.Contains(
            $"is not the pinned one: {file} has SHA-256 {Sha256(file)}, expected {new string('0', 64)}",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(null, "VERIFY_TOOLS names no folder")]
    [InlineData("/nowhere/tools", "VERIFY_TOOLS (/nowhere/tools, no folder) and PATH (")]
    public async Task A_missing_program_is_named_with_where_it_was_looked_for(string? tools, string where)
    {
        Environment.SetEnvironmentVariable(ProgramPlaces.Variable, tools);
        var program = new RecipeProgram("proxy-of-a-test", new string('0', 64), "bin/proxy");

        var error = await Assert.ThrowsAsync<MissingPieceException>(() => program.FindAsync(TestContext.Current.CancellationToken));

        Assert.False(program.IsGiven);
        Assert.Contains("the program proxy-of-a-test is in no folder of", error.Message, StringComparison.Ordinal);
        Assert.Contains(where, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gz", "gzip")]
    [InlineData("xz", "xz")]
    public async Task An_archive_is_unpacked_by_what_it_is_and_not_by_its_name(string kind, string packer)
    {
        if (ProgramPlaces.Of(packer).Count == 0)
            Lack.Of($"{packer} is not here");
        var tar = folder.File("it.tar", "");
        await using (var writer = new TarWriter(File.Create(tar)))
            await writer.WriteEntryAsync(
                new PaxTarEntry(TarEntryType.RegularFile, "it-1.2/bin/run") { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(kind)) },
                TestContext.Current.CancellationToken
            );
        await CliWrap.Cli.Wrap(packer).WithArguments([tar]).ExecuteAsync(TestContext.Current.CancellationToken);
        var named = Path.Combine(folder.Path, "distribution.bin");
        File.Move($"{tar}.{kind}", named);
        Environment.SetEnvironmentVariable("TEST_DISTRIBUTION", named);

        var entries = await EntriesAsync(system =>
            new RecipeArchive("TEST_DISTRIBUTION", Sha256(named), "opt/it").AddToAsync(system, TestContext.Current.CancellationToken)
        );

        Assert.Equal(kind, entries["opt/it/bin/run"].Text);
    }

    private static string Sha256(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));

    private static async Task<Dictionary<string, (string? Text, UnixFileMode Mode)>> EntriesAsync(Func<RootFileSystem, Task> add)
    {
        using var tar = new MemoryStream();
        await using (var system = new RootFileSystem(tar, _ => false, DateTimeOffset.UnixEpoch))
            await add(system);
        tar.Position = 0;
        var entries = new Dictionary<string, (string?, UnixFileMode)>();
        await using var reader = new TarReader(tar);
        while (await reader.GetNextEntryAsync(copyData: true, TestContext.Current.CancellationToken) is { } entry)
            entries[entry.Name.TrimEnd('/')] = (
                entry.DataStream is null
                    ? null
                    : await new StreamReader(entry.DataStream).ReadToEndAsync(TestContext.Current.CancellationToken),
                entry.Mode
            );
        return entries;
    }
}
