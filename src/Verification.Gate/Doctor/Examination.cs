using System.Globalization;
using CliWrap;
using CliWrap.Buffered;
using Verification.Gate.Runs;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Engine;
using Verification.Stack.Images;
using Verification.Stack.Runs;
using Verification.Stack.Sessions;

namespace Verification.Gate.Doctor;

/// <summary>Looks at what this machine can and can't do.</summary>
internal sealed class Examination(ProjectRoot root)
{
    private static readonly long LeastDisk = Size.Parse("4 GB");
    private static readonly long LeastRuns = Size.Parse("250 MB");
    private static readonly long LeastLocks = Size.Parse("1 MB");
    private static readonly long LeastTemporary = Size.Parse("500 MB");
    private static readonly long LeastCache = Size.Parse("500 MB");
    private static readonly long LeastMemory = Size.Parse("2 GB");

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        var engine = EngineAsync(cancellationToken);
        var sdk = SdkAsync(cancellationToken);
        return
        [
            await sdk.ConfigureAwait(false),
            .. await engine.ConfigureAwait(false),
            Registry(),
            Recipes(),
            Disk(),
            Memory(),
            new Finding(
                "cores",
                Environment.ProcessorCount >= 2,
                false,
                Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture),
                "Figures of time rest on two cores or more; use a larger machine."
            ),
            Program("setsid", needed: false, "Install util-linux. Without it Ctrl-C reaches the test processes too."),
            Program(
                "git",
                needed: false,
                "Install git. Without it a verdict does not name its commit, and ./verify mutants can't make its mutants."
            ),
            .. Folders(),
        ];
    }

    private static async Task<Finding> SdkAsync(CancellationToken cancellationToken)
    {
        try
        {
            var result = await Cli.Wrap("dotnet")
                .WithArguments("--version")
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(cancellationToken)
                .ConfigureAwait(false);
            return new Finding(
                ".NET SDK",
                result.IsSuccess,
                true,
                result.IsSuccess ? result.StandardOutput.Trim() : "none that global.json accepts",
                "Get 10.0.300 or later at https://dot.net/download."
            );
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return new Finding(
                ".NET SDK",
                false,
                true,
                "no dotnet on PATH",
                "Get 10.0.300 or later at https://dot.net/download, or set DOTNET_ROOT."
            );
        }
    }

    private static async Task<IReadOnlyList<Finding>> EngineAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
            var info = await engine.Client.System.GetSystemInfoAsync(cancellationToken).ConfigureAwait(false);
            var linux = string.Equals(info.OSType, "linux", StringComparison.Ordinal);
            return
            [
                new Finding(
                    "Docker engine",
                    engine.Endpoint.ApiVersion >= new Version(1, 41),
                    true,
                    $"{engine.Endpoint.Version}, API {engine.Endpoint.ApiVersion}, {engine.Endpoint.Address}",
                    "Docker Engine 20.10 (API 1.41) or later is needed."
                ),
                new Finding(
                    "containers",
                    linux,
                    true,
                    $"{info.OSType}, storage {info.Driver}, cgroup v{info.CgroupVersion}",
                    "Switch the engine to Linux containers."
                ),
            ];
        }
        catch (EngineMissingException e)
        {
            return [new Finding("Docker engine", false, true, string.Join("; ", e.Tried), e.Advice)];
        }
        catch (Exception e) when (MachineFault.Of(e) is { } fault)
        {
            return [new Finding("Docker engine", false, true, fault, "It was found, and does not say what it is: start it again.")];
        }
    }

    private static Finding Registry()
    {
        var choice = VerifyVariables.Value(VerifyVariables.Registry) switch
        {
            null => "each image's own",
            "none" => $"none ({VerifyVariables.Registry}=none)",
            var mirror => $"{mirror} ({VerifyVariables.Registry})",
        };
        return new Finding("image registry", true, false, $"{choice}; where it does not answer, images are made from Debian packages", "");
    }

    private static Finding Recipes()
    {
        var apt = OnPath("apt-get") is not null;
        var xz = OnPath("xz") is null ? ", no xz: archives packed with it can't be unpacked" : "";
        return new Finding(
            "apt",
            apt,
            false,
            (apt ? $"apt-get, as {Environment.UserName}" : "no apt-get") + xz,
            "Needed only where no registry answers: run on Debian or Ubuntu."
        );
    }

    private Finding Disk()
    {
        var free = new DriveInfo(root.Path).AvailableFreeSpace;
        return new Finding(
            "free disk",
            free >= LeastDisk,
            true,
            Size.Text(free),
            $"{Size.Text(LeastDisk)} are needed: ./verify sweep --all, then make room."
        );
    }

    private static Finding Memory()
    {
        var bytes = MachineFacts.MemoryBytes();
        return new Finding("memory", bytes >= LeastMemory, true, Size.Text(bytes), $"{Size.Text(LeastMemory)} are needed.");
    }

    private IEnumerable<Finding> Folders() =>
        [
            Folder("runs/", root.Runs, LeastRuns, make: true, "Every run is recorded there: use a checkout that this user can write."),
            Folder(
                "temporary files",
                Path.GetTempPath(),
                LeastTemporary,
                make: false,
                "Services are published and mutants are made there: set TMPDIR to a folder that is there, writable and not full."
            ),
            Folder("locks", Path.GetDirectoryName(MachineLock.Path)!, LeastLocks, make: false, MachineLock.Advice),
            Folder(
                "cache",
                ImageStore.CacheFolder,
                LeastCache,
                make: true,
                "Packages are kept there for the images: set XDG_CACHE_HOME to another folder."
            ),
        ];

    private static Finding Folder(string what, string path, long least, bool make, string advice)
    {
        if (WritableFolder.ProblemOf(path, make) is { } problem)
            return new Finding(what, false, true, $"{path}: {problem}", advice);
        var free = new DriveInfo(path).AvailableFreeSpace;
        return new Finding(what, free >= least, true, $"{path}, {Size.Text(free)} free", $"{Size.Text(least)} are needed. {advice}");
    }

    private static Finding Program(string name, bool needed, string advice)
    {
        var path = OnPath(name);
        return new Finding(name, path is not null, needed, path ?? "not on PATH", advice);
    }

    private static string? OnPath(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
}
