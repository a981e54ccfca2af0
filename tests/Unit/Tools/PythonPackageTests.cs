using System.IO.Compression;
using CliWrap;
using CliWrap.Buffered;
using Verification.Stack.Images;
using Verification.Testing;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Tools;

/// <summary>A program that is a package of PyPI, from a folder of packages in its place.</summary>
[Collection(nameof(WholeProcess))]
public sealed class PythonPackageTests : IDisposable
{
    private const string Listed =
        "tools:\n  moto_server:\n    version: \"5.2.5\"\n    package: moto[server]\n    objectives: [infra.applies]\n";
    private readonly TemporaryFolder packages = new();
    private readonly SetVariable index = new("PIP_NO_INDEX", "1");
    private readonly SetVariable place;

    public PythonPackageTests() => place = new SetVariable("PIP_FIND_LINKS", packages.Path);

    public void Dispose()
    {
        place.Dispose();
        index.Dispose();
        packages.Dispose();
    }

    [Fact]
    public async Task It_is_installed_once_into_an_environment_of_its_own()
    {
        if (ProgramPlaces.Of("python3").Count == 0)
            Lack.Of("python3 is not here");
        Pack("5.2.5");
        using var project = new ToolsProject(Listed);

        Assert.Equal(0, await project.GetAsync());
        var said = await Cli.Wrap(Path.Combine(project.To, "moto_server")).ExecuteBufferedAsync(TestContext.Current.CancellationToken);
        Assert.Equal("moto 5.2.5\n", said.StandardOutput);
        Assert.Contains("moto_server 5.2.5: the package moto[server], by pip", project.Output);
        Directory.Delete(packages.Path, recursive: true);
        Directory.CreateDirectory(packages.Path);
        Assert.Equal(0, await project.GetAsync());
        Assert.Contains("moto_server 5.2.5: is there", project.Output);
    }

    [Fact]
    public async Task A_package_that_can_not_be_had_leaves_what_is_there()
    {
        if (ProgramPlaces.Of("python3").Count == 0)
            Lack.Of("python3 is not here");
        Pack("5.2.5");
        using var project = new ToolsProject(Listed);
        Assert.Equal(0, await project.GetAsync());
        project.List(Listed.Replace("5.2.5", "5.2.6", StringComparison.Ordinal));

        Assert.Equal(4, await project.GetAsync());

        Assert.Contains(
            "moto_server 5.2.6 can't be had, and without it infra.applies is UNKNOWN: pip install --quiet --disable-pip-version-check moto[server]==5.2.6 ended with 1: ERROR: No matching distribution found",
            project.Errors
        );
        Assert.Single(project.Errors.TrimEnd().Split('\n'));
        var said = await Cli.Wrap(Path.Combine(project.To, "moto_server"))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);
        Assert.Equal("moto 5.2.5\n", said.StandardOutput + said.StandardError);
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(project.To, ".releases"), "*5.2.6"));
    }

    [Fact]
    public async Task No_python_is_told_with_the_packages_that_have_it()
    {
        using var path = new SetVariable("PATH", packages.Path);
        using var project = new ToolsProject(Listed);

        Assert.Equal(4, await project.GetAsync());

        Assert.Contains(
            "moto_server is a program of Python, and there is no python3 on PATH: install it (packages python3 and python3-venv)",
            project.Errors
        );
    }

    /// <summary>The smallest package that pip installs, with one program.</summary>
    private void Pack(string version)
    {
        var name = $"moto-{version}.dist-info";
        using var wheel = ZipFile.Open(Path.Combine(packages.Path, $"moto-{version}-py3-none-any.whl"), ZipArchiveMode.Create);
        Add(wheel, "moto.py", $"def main():\n    print('moto {version}')\n");
        Add(wheel, $"{name}/METADATA", $"Metadata-Version: 2.1\nName: moto\nVersion: {version}\nProvides-Extra: server\n");
        Add(wheel, $"{name}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
        Add(wheel, $"{name}/entry_points.txt", "[console_scripts]\nmoto_server = moto:main\n");
        Add(wheel, $"{name}/RECORD", $"moto.py,,\n{name}/METADATA,,\n{name}/WHEEL,,\n{name}/entry_points.txt,,\n{name}/RECORD,,\n");
    }

    private static void Add(ZipArchive wheel, string path, string content)
    {
        using var writer = new StreamWriter(wheel.CreateEntry(path).Open());
        writer.Write(content);
    }
}
