using Docker.DotNet.Models;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using Microsoft.Extensions.Logging.Abstractions;
using Verification.Objectives;
using Verification.Stack.Additions;
using Verification.Stack.Components;
using Verification.Stack.Engine;
using Verification.Stack.Runs;

namespace Verification.Stack.Jobs;

/// <summary>Starts jobs of a run that has no stack, or beside it. They carry the run's labels, so they go with it however it
/// ends.</summary>
/// <param name="engine">Where.</param>
/// <param name="run">The run.</param>
public sealed class RunJobs(DockerEngine engine, RunFolder run)
{
    private readonly Dictionary<string, string> labels = RunLabels.Of(run, kept: false);

    /// <summary>Starts a job.</summary>
    /// <exception cref="Docker.DotNet.DockerApiException">The engine refuses: the image or the network is not there.</exception>
    public async Task<RunningJob> StartAsync(Job job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        var builder = new ContainerBuilder(job.Image)
            .WithLogger(NullLogger.Instance)
            .WithName(InstancePlace.ContainerOf(labels, job.Name))
            .WithLabel(new Dictionary<string, string>(labels) { [RunLabels.Instance] = job.Name })
            .WithEnvironment(job.Environment)
            .WithEntrypoint("sleep")
            .WithCommand("infinity")
            .WithCreateParameterModifier(parameters =>
            {
                parameters.HostConfig ??= new HostConfig();
                parameters.HostConfig.NetworkMode = job.Network ?? "none";
                parameters.HostConfig.Binds =
                [
                    .. parameters.HostConfig.Binds ?? [],
                    .. job.Volumes.Select(volume => $"{volume.Value}:{volume.Key}"),
                ];
            });
        builder = job.Programs.Aggregate(
            builder,
            (next, file) => next.WithResourceMapping(file.Value, FilePath.Of(file.Key), fileMode: InsideModes.Program)
        );
        builder = job.Secrets.Aggregate(
            builder,
            (next, file) => next.WithResourceMapping(file.Value, FilePath.Of(file.Key), fileMode: UnixFileModes.UserRead)
        );
        var container = builder.Build();
        try
        {
            await container.StartAsync(cancellationToken).ConfigureAwait(false);
            return new RunningJob(job.Name, container, engine, run);
        }
        catch
        {
            await AddedInstance.RemoveAsync(engine, run, job.Name, InstancePlace.ContainerOf(labels, job.Name)).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Makes an empty volume on the engine's disk.</summary>
    /// <param name="name">Its name, as nothing else of the run has it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<DiskVolume> DiskAsync(string name, CancellationToken cancellationToken) =>
        DiskVolume.CreateAsync(engine, InstancePlace.ContainerOf(labels, name), labels, cancellationToken);
}
