using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using CliWrap;
using CliWrap.Buffered;
using Xunit;

namespace Verification.Tests.Unit.Tools;

/// <summary><c>./verify tools</c> against a server on loopback that publishes as the projects do.</summary>
[Collection(nameof(WholeProcess))]
public sealed class ToolsCommandTests : IAsyncDisposable
{
    private const string HelmFile = "helm-v4.3.1.tar.gz";
    private const string SlothFile = "sloth-0.16.0";
    private static readonly byte[] Script = Encoding.UTF8.GetBytes(
        $"#!/bin/sh\n{string.Concat(Enumerable.Range(0, 30_000).Select(number => $"# {number}\n"))}echo done\n"
    );
    private readonly ReleaseServer server = new();

    private string Helm => Entry("helm", "4.3.1", "helm-v{version}.tar.gz", "linux-amd64/helm", "deploy.serves, manifests.sound");

    private string Terraform => Entry("terraform", "1.11.4", "terraform_{version}.zip", "terraform", "infra.*");

    private string Sloth => Entry("sloth", "0.16.0", "sloth-{version}", null, "targets.up");

    public ToolsCommandTests()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.X64,
            "the releases are for linux/amd64"
        );
        server.Publish(HelmFile, ReleaseServer.Tar("linux-amd64/helm", Script));
        server.Publish("terraform_1.11.4.zip", ReleaseServer.Zip("terraform", Script));
        server.Publish(SlothFile, Script);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Archives_of_each_kind_and_a_bare_program_are_put_into_their_place_and_asked_for_once()
    {
        using var project = new ToolsProject($"tools:\n{Helm}{Terraform}{Sloth}");

        Assert.Equal(0, await project.GetAsync());

        Assert.Equal(["helm", "sloth", "terraform"], project.InPlace);
        Assert.All(project.InPlace, name => Assert.Equal(Script, File.ReadAllBytes(Path.Combine(project.To, name))));
        Assert.Equal(
            "done\n",
            (await Cli.Wrap(Path.Combine(project.To, "helm")).ExecuteBufferedAsync(TestContext.Current.CancellationToken)).StandardOutput
        );
        Assert.Empty(project.InTheMaking);
        Assert.Contains("helm 4.3.1: from http://127.0.0.1", project.Output);
        Assert.Contains($"VERIFY_TOOLS={project.To} lets the suites find them", project.Output);
        var asked = server.Asked;
        Assert.Equal(0, await project.GetAsync());
        Assert.Equal(asked, server.Asked);
        Assert.Contains("helm 4.3.1: is there", project.Output);
    }

    [Fact]
    public async Task Only_what_a_profile_needs_is_asked_for()
    {
        using var project = new ToolsProject($"tools:\n{Helm}{Terraform}");

        Assert.Equal(0, await project.GetAsync("--profile", "pr"));
        Assert.Empty(server.Asked);
        Assert.Contains("the profile needs nothing of it: there is nothing to get", project.Output);
        Assert.DoesNotContain("lets the suites find them", project.Output);
        Assert.Equal(0, await project.GetAsync("--profile", "nightly"));
        Assert.Equal(["helm", "terraform"], project.InPlace);
        Assert.Equal(2, await project.GetAsync("--profile", "nigthly"));
        Assert.Contains("--profile nigthly: ", project.Errors);
        Assert.Contains("Did you mean nightly?", project.Errors);
    }

    [Fact]
    public async Task A_release_with_another_hash_than_its_checksum_file_has_is_thrown_away_and_keeps_no_other_from_its_place()
    {
        server.PublishChecksums(HelmFile, new string('a', 64));
        using var project = new ToolsProject($"tools:\n{Helm}{Terraform}");

        await EndsAsync(
            project,
            "helm 4.3.1 can't be had, and without it manifests.sound, deploy.serves are UNKNOWN: ",
            $"expected {new string('a', 64)}: it was thrown away"
        );
        Assert.Equal(["terraform"], project.InPlace);
        Assert.Empty(project.InTheMaking);
    }

    [Fact]
    public async Task What_is_there_stays_until_its_next_version_is_whole()
    {
        using var project = new ToolsProject($"tools:\n{Helm}");
        Assert.Equal(0, await project.GetAsync());
        project.List($"tools:\n{Helm.Replace("4.3.1", "4.3.2", StringComparison.Ordinal)}");

        await EndsAsync(
            project,
            "helm 4.3.2 can't be had",
            "/helm-v4.3.2.tar.gz.sums is answered with 404: see that config/versions.yaml names a version that was released"
        );
        Assert.Equal(Script, File.ReadAllBytes(Path.Combine(project.To, "helm")));

        server.Publish("helm-v4.3.2.tar.gz", ReleaseServer.Tar("linux-amd64/helm", "#!/bin/sh\n"u8.ToArray()));
        Assert.Equal(0, await project.GetAsync());
        Assert.Equal("#!/bin/sh\n"u8.ToArray(), File.ReadAllBytes(Path.Combine(project.To, "helm")));
    }

    [Fact]
    public async Task A_download_that_is_cut_goes_on_where_it_ended()
    {
        server.Breaks.Enqueue(100_000);
        server.Breaks.Enqueue(50_000);
        using var project = new ToolsProject($"tools:\n{Sloth}");

        Assert.Equal(0, await project.GetAsync());

        Assert.Equal(Script, File.ReadAllBytes(Path.Combine(project.To, "sloth")));
        Assert.Equal([$"/{SlothFile}.sums", $"/{SlothFile}", $"/{SlothFile} from 100000", $"/{SlothFile} from 150000"], server.Asked);
    }

    [Fact]
    public async Task What_is_cut_again_and_again_is_not_in_its_place_and_the_next_call_goes_on()
    {
        foreach (var bytes in new[] { 100_000, 0, 0, 0 })
            server.Breaks.Enqueue(bytes);
        using var project = new ToolsProject($"tools:\n{Sloth}");

        await EndsAsync(
            project,
            "sloth 0.16.0 can't be had, and without it targets.up is UNKNOWN",
            $"/{SlothFile} breaks off after 100,000 bytes",
            "the next call goes on from there"
        );
        Assert.Empty(project.InPlace);

        Assert.Equal(0, await project.GetAsync());
        Assert.Equal($"/{SlothFile} from 100000", server.Asked[^1]);
        Assert.Equal(Script, File.ReadAllBytes(Path.Combine(project.To, "sloth")));
    }

    [Fact]
    public async Task A_part_of_what_was_published_before_is_thrown_away()
    {
        foreach (var bytes in new[] { 100_000, 0, 0, 0 })
            server.Breaks.Enqueue(bytes);
        using var project = new ToolsProject($"tools:\n{Sloth}");
        Assert.Equal(4, await project.GetAsync());
        server.Publish(SlothFile, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Script).Replace('#', '%')));

        await EndsAsync(project, "it was thrown away; where the next call sees the same, do not trust it");
        Assert.Empty(project.InTheMaking);
        Assert.Equal(0, await project.GetAsync());
    }

    [Fact]
    public async Task A_full_disk_is_told_and_nothing_half_is_left()
    {
        using var project = new ToolsProject($"tools:\n{Sloth}");
        Directory.CreateDirectory(Path.Combine(project.To, ".releases"));
        File.CreateSymbolicLink(Path.Combine(project.To, ".releases", $"{SlothFile}.part"), "/dev/full");

        await EndsAsync(
            project,
            $"{project.To} has no room for it (No space left on device",
            "make room there, or name another folder with --to"
        );
        Assert.Empty(project.InPlace);
        Assert.Empty(project.InTheMaking);
    }

    [Fact]
    public async Task No_server_is_one_sentence()
    {
        using var project = new ToolsProject($"tools:\n{Sloth}");
        await server.DisposeAsync();

        await EndsAsync(project, $"/{SlothFile}.sums can't be had: Connection refused");
    }

    [Fact]
    public async Task Several_that_can_not_be_had_are_a_line_each_and_a_sentence_that_names_them()
    {
        using var project = new ToolsProject($"tools:\n{Helm}{Terraform}{Sloth}");
        server.Withdraw("terraform_1.11.4.zip");
        server.Withdraw(SlothFile);

        await EndsAsync(project, "verify: 2 of 3 can't be had, as said above: terraform 1.11.4, sloth 0.16.0.");
        Assert.Equal(["helm"], project.InPlace);
        Assert.Contains("terraform 1.11.4 can't be had, and without it infra.valid, ", project.Output);
        Assert.Contains(
            $"sloth 0.16.0 can't be had, and without it targets.up is UNKNOWN: {server.Address}/{SlothFile} is answered with 404",
            project.Output
        );
    }

    [Theory]
    [InlineData("linux-amd64/helm3", "holds no linux-amd64/helm3: correct its entry in config/versions.yaml")]
    [InlineData("linux-amd64/", "holds no linux-amd64/: correct its entry in config/versions.yaml")]
    public async Task An_archive_without_the_program_is_told(string entry, string said)
    {
        using var project = new ToolsProject(
            $"tools:\n{Helm.Replace("entry: linux-amd64/helm", $"entry: {entry}", StringComparison.Ordinal)}"
        );

        await EndsAsync(project, said);
        Assert.Empty(project.InPlace);
    }

    [Fact]
    public async Task What_is_no_archive_is_told()
    {
        server.Publish(HelmFile, "<html>Sign in</html>"u8.ToArray());
        using var project = new ToolsProject($"tools:\n{Helm}");

        await EndsAsync(project, $"/{HelmFile} is no archive that can be read");
        Assert.Empty(project.InPlace);
    }

    [Fact]
    public async Task A_release_that_is_locked_is_taken_as_it_was_and_no_other_under_its_address()
    {
        using var project = new ToolsProject($"tools:\n{Helm}{Terraform}");
        Assert.Equal(0, await project.GetAsync());
        Assert.Contains("not in config/tools.lock yet", project.Output);
        Assert.False(File.Exists(project.Lock));

        Assert.Equal(0, await project.GetAsync("--lock"));
        Assert.Equal(2, File.ReadLines(project.Lock).Count(line => line.Contains("  http://127.0.0.1", StringComparison.Ordinal)));
        Assert.Equal(0, await project.GetAsync());
        Assert.DoesNotContain("not in config/tools.lock yet", project.Output);

        // Another release, with a checksum file that says so.
        var locked = server.Publish(HelmFile, ReleaseServer.Tar("linux-amd64/helm", "#!/bin/sh\ncurl evil\n"u8.ToArray()));
        Directory.Delete(project.To, recursive: true);
        await EndsAsync(project, $"/{HelmFile} was locked as ", $", and now is to be {locked}: who has changed a release that was out?");
        Assert.Equal(["terraform"], project.InPlace);
    }

    [Fact]
    public async Task Who_locks_forgets_what_is_listed_no_longer_and_keeps_what_was_not_asked_for()
    {
        using var project = new ToolsProject($"tools:\n{Helm}{Terraform}{Sloth}");
        Assert.Equal(0, await project.GetAsync("--lock"));
        project.List($"tools:\n{Helm}{Sloth}");

        Assert.Equal(0, await project.GetAsync("--lock", "--profile", "pr"));

        var locked = File.ReadAllText(project.Lock);
        Assert.Contains(HelmFile, locked);
        Assert.Contains(SlothFile, locked);
        Assert.DoesNotContain("terraform", locked);
    }

    [Fact]
    public async Task A_lock_that_can_not_be_read_is_told_with_its_line()
    {
        using var project = new ToolsProject($"tools:\n{Helm}");
        File.WriteAllText(project.Lock, "# ours\n<<<<<<< HEAD\n");

        Assert.Equal(2, await project.GetAsync());
        Assert.Contains($"{project.Lock}(2,1): expected a SHA-256, two blanks and the address of a release", project.Errors);
    }

    [Fact]
    public async Task A_release_without_a_checksum_file_is_what_the_list_says()
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Script));
        var unlisted = Sloth.Replace(
            $"checksums: {server.Address}/{SlothFile.Replace("0.16.0", "{version}", StringComparison.Ordinal)}.sums",
            $"sha256: {hash}",
            StringComparison.Ordinal
        );
        using var project = new ToolsProject($"tools:\n{unlisted}");

        Assert.Equal(0, await project.GetAsync());
        Assert.Equal([$"/{SlothFile}"], server.Asked);
        Directory.Delete(project.To, recursive: true);
        project.List($"tools:\n{unlisted.Replace(hash, new string('b', 64), StringComparison.Ordinal)}");
        await EndsAsync(project, $"has the SHA-256 {hash}, expected {new string('b', 64)}");
    }

    [Fact]
    public async Task Somebodys_own_program_is_left_as_it_is()
    {
        using var project = new ToolsProject($"tools:\n{Helm}");
        Directory.CreateDirectory(project.To);
        File.WriteAllText(Path.Combine(project.To, "helm"), "mine");

        Assert.Equal(0, await project.GetAsync("--lock"));

        Assert.Equal("mine", File.ReadAllText(Path.Combine(project.To, "helm")));
        Assert.Contains("helm 4.3.1: lies there, and not from here: left as it is", project.Output);
        Assert.Empty(server.Asked);
    }

    [Fact]
    public async Task What_nobody_releases_is_named_with_what_goes_without_it()
    {
        using var project = new ToolsProject(
            "tools:\n  rclone-s3:\n    elsewhere: rclone/rclone from a registry does the same\n    objectives: [drill-refused-restore.*]\n"
        );

        Assert.Equal(0, await project.GetAsync());

        Assert.Contains(
            "rclone-s3: nobody releases it; rclone/rclone from a registry does the same. Without either drill-refused-restore.told is UNKNOWN",
            project.Output
        );
    }

    [Fact]
    public async Task Two_calls_do_not_fill_one_folder_at_a_time()
    {
        server.Hangs = true;
        server.Breaks.Enqueue(100_000);
        using var project = new ToolsProject($"tools:\n{Sloth}");
        var first = project.GetAsync();
        await server.AskedAsync($"/{SlothFile}", TestContext.Current.CancellationToken);
        using var second = new ToolsProject($"tools:\n{Sloth}") { To = project.To };

        await EndsAsync(second, $"another ./verify tools fills {project.To}: let it end, or name another folder with --to");

        server.Release();
        Assert.Equal(0, await first);
    }

    private static async Task EndsAsync(ToolsProject project, params string[] said)
    {
        Assert.Equal(4, await project.GetAsync());
        Assert.Single(project.Errors.TrimEnd().Split('\n'));
        Assert.All(said, words => Assert.Contains(words, project.Errors));
    }

    private string Entry(string name, string version, string file, string? entry, string objectives) =>
        $"  {name}:\n    version: \"{version}\"\n    release: {server.Address}/{file}\n    checksums: {server.Address}/{file}.sums\n{(entry is null ? "" : $"    entry: {entry}\n")}    objectives: [{objectives}]\n";
}
