using System.Text;
using k8s;
using Verification.Cluster.Control;
using Verification.Objectives;
using Verification.Stack.Control;

namespace Verification.Cluster.Attaching;

/// <summary>The credentials that the services have: what the contract names in the environment of the Server, from its pods' template and
/// the secrets that this names. Of a platform that may be broken that of MySQL's administrator, too, from the template of its own
/// pods.</summary>
/// <param name="access">The cluster.</param>
/// <param name="space">The namespace.</param>
internal sealed class ServiceCredentials(ClusterAccess access, string space)
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The credentials of a stack, and the variable that gives the Server each.</summary>
    private static readonly (string Credential, string Variable)[] Known =
    [
        ("mysql-user", "DBUSER"),
        ("mysql-password", "DBPASS"),
        ("mysql-database", "DBNAME"),
        ("redis-password", "REDISPASSWORD"),
        ("broker-user", "MQUSERNAME"),
        ("broker-password", "MQPASSWORD"),
    ];

    /// <summary>The one by which tables are locked and changed.</summary>
    private static readonly (string Credential, string Variable) Administrator = ("mysql-root-password", "MYSQL_ROOT_PASSWORD");

    /// <summary>Writes them to the secrets of a <c>stack.json</c>, readable by the owner only.</summary>
    /// <param name="server">The Server.</param>
    /// <param name="mysql">MySQL, where its administrator is wanted; null where nothing may be broken.</param>
    /// <param name="stack">Path of the <c>stack.json</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How <c>stack.json</c> refers to them.</returns>
    /// <exception cref="StackNotFoundException">The Server, or MySQL, is given one by no means known here.</exception>
    /// <exception cref="StackUnreachableException">A secret may not be read.</exception>
    public async Task<IReadOnlyDictionary<string, string>> WriteAsync(
        Workload server,
        Workload? mysql,
        string stack,
        CancellationToken cancellationToken
    )
    {
        var folder = Directory.CreateDirectory(RunFolder.OfStack(stack).Secrets, Owner | UnixFileMode.UserExecute);
        var from = Path.GetDirectoryName(Path.GetFullPath(stack))!;
        var references = new Dictionary<string, string>(StringComparer.Ordinal);
        var wanted = Known.Select(each => (each.Credential, each.Variable, Of: server));
        if (mysql is not null)
            wanted = wanted.Append((Administrator.Credential, Administrator.Variable, Of: mysql));
        foreach (var (credential, variable, workload) in wanted)
        {
            var value = await ValueAsync(workload, variable, cancellationToken).ConfigureAwait(false);
            // A file that is there keeps its mode.
            var path = Path.Combine(folder.FullName, credential);
            File.Delete(path);
            var file = new StreamWriter(
                path,
                new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.Write,
                    UnixCreateMode = Owner,
                }
            );
            await using (file.ConfigureAwait(false))
                await file.WriteAsync(value).ConfigureAwait(false);
            references[credential] = $"file:{Path.GetRelativePath(from, path).Replace('\\', '/')}";
        }

        return references;
    }

    private async Task<string> ValueAsync(Workload workload, string variable, CancellationToken cancellationToken)
    {
        var given = (workload.Template.Spec.Containers[0].Env ?? []).FirstOrDefault(each => each.Name == variable);
        if (given?.Value is { } value)
            return value;
        if (given?.ValueFrom?.SecretKeyRef is not { } place)
            throw new StackNotFoundException(
                $"the pods of {workload.Metadata.Name} in namespace {space} have no {variable} that is a value or of a secret: it is not the {workload.Component.Role} of the contract (docs/contract.md)."
            );
        var secret = await access
            .AskAsync(
                $"get secret {place.Name} in namespace {space}",
                client => client.CoreV1.ReadNamespacedSecretAsync(place.Name, space, cancellationToken: cancellationToken)
            )
            .ConfigureAwait(false);
        return secret.Data is { } data && data.TryGetValue(place.Key, out var bytes)
            ? Encoding.UTF8.GetString(bytes)
            : throw new StackNotFoundException(
                $"secret {place.Name} in namespace {space} has no key {place.Key}, from which {workload.Metadata.Name} has its {variable}."
            );
    }
}
