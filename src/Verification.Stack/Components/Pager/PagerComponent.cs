using DotNet.Testcontainers.Builders;
using Verification.Stack.Components.Watching;

namespace Verification.Stack.Components.Pager;

/// <summary>Who is paged: a small web server that writes each notification, as it came, into its log.</summary>
internal sealed class PagerComponent : WatchingComponent
{
    /// <summary>Its port inside.</summary>
    public const int ListensOn = 8080;

    /// <summary>The path that takes notifications.</summary>
    public const string Page = "/cgi-bin/page";

    private const string Folder = "/pager";

    /// <inheritdoc />
    public override Role Role => WatchingRole.Pager;

    private protected override int Port => ListensOn;

    private protected override string ReadyPath => "/";

    private protected override ContainerBuilder Configure(ContainerBuilder builder, Surroundings around) =>
        builder
            .WithCommand("busybox", "httpd", "-f", "-p", $"{ListensOn}", "-h", Folder)
            .WithResourceMapping("ready\n"u8.ToArray(), $"{Folder}/index.html")
            .WithResourceMapping(
                File.ReadAllBytes(Path.Combine(around.Root.Config, "pager", "page")),
                $"{Folder}{Page}",
                fileMode: InsideModes.Program
            );
}
