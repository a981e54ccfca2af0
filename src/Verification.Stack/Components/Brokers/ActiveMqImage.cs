namespace Verification.Stack.Components.Brokers;

/// <summary>What the image of one ActiveMQ expects that the other names otherwise.</summary>
/// <param name="Title">The broker, as errors name it.</param>
/// <param name="Stem">What its variables for user and password begin with.</param>
/// <param name="AnonymousVariable">Its variable that lets clients in that name no user.</param>
/// <param name="DefaultCredential">User and password unless told otherwise.</param>
/// <param name="ConfigurationFolder">Where files of configuration are laid; it ends with a slash.</param>
/// <param name="ConfigurationOwner">User id that the files belong to, who alone reads them; null for files that anybody inside may
/// read.</param>
/// <param name="StartedMessage">What its log says when it is up, a regular expression.</param>
/// <param name="StandbyMessage">What its log says when another has the lock of the store, and it waits.</param>
internal sealed record ActiveMqImage(
    string Title,
    string Stem,
    string AnonymousVariable,
    string DefaultCredential,
    string ConfigurationFolder,
    uint? ConfigurationOwner,
    string StartedMessage,
    string StandbyMessage
);
