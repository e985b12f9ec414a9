#!/usr/bin/env escript
%% Its host keys are those of OpenSSH's names in the folder of settings.
main([Port, Root, Settings, Username, Password]) ->
    {ok, _} = application:ensure_all_started(ssh),
    {ok, _} = ssh:daemon({127, 0, 0, 1}, list_to_integer(Port), [
        {system_dir, Settings},
        {user_passwords, [{Username, Password}]},
        {auth_methods, "password"},
        {subsystems, [ssh_sftpd:subsystem_spec([{root, Root}])]}
    ]),
    receive never -> ok end.
