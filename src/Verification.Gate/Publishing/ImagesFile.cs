using System.Text;
using Verification.Objectives;

namespace Verification.Gate.Publishing;

/// <summary><c>environments/NAME/images.yaml</c>: the images that an environment runs, by digest. Helmfile reads it with
/// <c>--state-values-file</c>.</summary>
internal static class ImagesFile
{
    private const string First = "server";

    /// <summary>Writes the images of a publication.</summary>
    /// <param name="file">Path of the file.</param>
    /// <param name="run">Id of the run that has verified them.</param>
    /// <param name="images">The images.</param>
    public static void Write(string file, string run, IReadOnlyList<PublishedImage> images)
    {
        var text = new StringBuilder($"# Verified by run {run}, written by ./verify publish.\nimages:\n");
        foreach (var image in images.OrderBy(image => image.Role, StringComparer.Ordinal))
            text.Append($"  {image.Role}: {image.Image}\n");
        File.WriteAllText(file, text.ToString());
    }

    /// <summary>The image of each component, with its digest.</summary>
    /// <exception cref="DocumentException">It is not there, or no such file; the message holds line and column.</exception>
    public static IReadOnlyDictionary<string, string> Read(string file)
    {
        var document = DocumentReader.Read(file, "images");
        var images = document.As<Content>().Images;
        foreach (var (role, image) in images)
        {
            if (ImageName.ProblemOf(image) is { } problem)
                throw document.ErrorAt($"images.{role}", $"{role}: {problem}.");
        }

        return images.Count > 0 ? images : throw document.ErrorAt("images", "it names no image. Write it with ./verify publish.");
    }

    /// <summary>The image beside which verdicts are looked for: a run that verified all of them lies beside each.</summary>
    public static string FirstOf(IReadOnlyDictionary<string, string> images) =>
        images.TryGetValue(First, out var server) ? server : images.OrderBy(pair => pair.Key, StringComparer.Ordinal).First().Value;

    private sealed record Content(IReadOnlyDictionary<string, string> Images);
}
