using Spectre.Console;
using Verification.Cluster.Releases;
using Verification.Gate.Reporting;
using Verification.Objectives;

namespace Verification.Gate.Trends;

/// <summary>The releases of a cluster for people, oldest first.</summary>
internal static class ReleaseTable
{
    private const int Shown = 12;

    public static void Print(IAnsiConsole console, IReadOnlyList<RecordedRelease> releases)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn(new TableColumn("let through").NoWrap());
        foreach (var column in new[] { "user", "by", "images", "config/" })
            table.AddColumn(new TableColumn(column));
        foreach (var release in releases)
        {
            string[] cells =
            [
                Figures.Utc(release.At),
                release.User,
                By(release),
                string.Join(
                    '\n',
                    release
                        .Images.OrderBy(image => image.Key, StringComparer.Ordinal)
                        .Select(image => $"{image.Key} {Short(ImageName.Parse(image.Value).Digest!["sha256:".Length..])}")
                ),
                Short(release.ConfigSha256),
            ];
            table.AddRow([.. cells.Select(text => new Text(text))]);
        }

        console.Write(table);
    }

    private static string By(RecordedRelease release) =>
        release.Verdict is { } verdict
            ? $"run {verdict.Run} of {verdict.Profile}{(verdict.SignedBy is { } key ? $", signed by {Short(key)}" : string.Empty)}"
            : $"no verdict: {release.Override}";

    private static string Short(string digest) => digest[..Shown];
}
